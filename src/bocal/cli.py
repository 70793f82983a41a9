"""first version"""

def main() -> int:
    return 0
