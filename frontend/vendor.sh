#!/bin/bash
# Takes what the pages borrow from others (Bootstrap, its icons, the typeface) out of npm and lays
# it, with version, licence and hash, where Django serves it. The results are committed: only who
# changes a version or adds an icon runs this, with Node and npm at hand. `--fonts` also redraws the
# files that need fontTools (see make-fonts.py); they change with the typeface's version only.
set -euo pipefail
cd "$(dirname "$0")"

toolbox=../src/bocal/toolbox
vendor=$toolbox/static/vendor
npm ci --ignore-scripts

version() { node -p "require('./node_modules/$1/package.json').version"; }

# Empties the folder NAME-VERSION of a package, older versions included, and puts its licence in.
room() {
    local package=$1 name=${1##*/}
    find "$vendor" -mindepth 1 -maxdepth 1 -type d -name "$name-[0-9]*" -exec rm -r {} +
    room=$vendor/$name-$(version "$package")
    mkdir -p "$room"
    cp "node_modules/$package/LICENSE" "$room/LICENSE"
}

mkdir -p "$vendor"

room bootstrap
# Bootstrap becomes the lowest cascade layer. Its @charset may not stand inside; its source map is not shipped, and a
# comment naming one would break the hashed names of static files.
{
    echo "@layer bootstrap {"
    sed -E 's/^@charset "UTF-8";//; /^\/\*# sourceMappingURL=.*\*\/$/d' node_modules/bootstrap/dist/css/bootstrap.min.css
    echo "}"
} > "$room/bootstrap.layer.css"

room bootstrap-icons
python3 make-sprite.py icons.txt node_modules/bootstrap-icons/icons > "$room/icons.svg"

typeface=@fontsource-variable/atkinson-hyperlegible-next
room $typeface
for part in latin latin-ext; do
    for slope in normal italic; do
        cp "node_modules/$typeface/files/atkinson-hyperlegible-next-$part-wght-$slope.woff2" "$room/$part-$slope.woff2"
    done
done

if [ "${1:-}" = --fonts ]; then
    python3 make-fonts.py node_modules/@fontsource "$toolbox/fonts" "$toolbox/static/bocal/figures.woff2"
    cp "node_modules/$typeface/LICENSE" "$toolbox/fonts/LICENSE"
fi

# What was vendored, to the byte: a test compares, so that nobody mends a borrowed file by hand.
(cd "$toolbox" && find static/vendor fonts static/bocal/figures.woff2 -type f ! -name SHA256SUMS -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum > static/vendor/SHA256SUMS)
