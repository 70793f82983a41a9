"""`python -m bocal` is the `bocal` command."""

import sys

from bocal.cli import main

sys.exit(main())
