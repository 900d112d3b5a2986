#!/bin/sh
# Makes a database of the benchmarks: regions, issue types, one person, and so many cases of cases.sql.
# By hand, after ./test --version: sh tests/benchmarks/api/build.sh postgresql://…/new_or_empty_name 1000000
set -eu
url=$1
cases=$2
cd "$(dirname "$0")/../../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DATABASE_URL="$url" KONFLIK_DATA_DIR="$folder"
psql -q "${url%/*}/postgres" -c "CREATE DATABASE ${url##*/}" || echo "using the database as it is"
.venv/bin/python manage.py migrate -v0
.venv/bin/python manage.py load_regions >"$folder/said"
.venv/bin/python manage.py load_reference >"$folder/said"
.venv/bin/python manage.py shell -v0 -c "import datetime; User(username='bench', email='bench@example.go.id', joined_at=datetime.datetime.now(datetime.UTC)).save()"
psql -q -v ON_ERROR_STOP=1 "$url" <<'SQL'
CREATE TABLE bench_desa AS
SELECT row_number() OVER (ORDER BY code) - 1 AS place, code, province_id, kabupaten_id, kecamatan_id FROM accounts_region WHERE level = 4;
CREATE UNIQUE INDEX ON bench_desa (place);
ANALYZE;
SQL
first=1
while [ "$first" -le "$cases" ]; do
    last=$((first + 99999))
    [ "$last" -le "$cases" ] || last=$cases
    psql -q -v ON_ERROR_STOP=1 "$url" -v first="$first" -v last="$last" -f tests/benchmarks/api/cases.sql
    echo "$last cases"
    first=$((last + 1))
done
psql -q "$url" -c "VACUUM ANALYZE"
