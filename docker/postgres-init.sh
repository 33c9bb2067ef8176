#!/bin/sh
# Runs once, on an empty volume: the owner of the tables, and the portal's own role, which may only
# log in here; `manage.py migrate` grants it what it needs.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner_password="$DATABASE_OWNER_PASSWORD" --set app_password="$DATABASE_APP_PASSWORD" <<'SQL'
CREATE ROLE dealertext_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE dealertext_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE dealertext OWNER dealertext_owner;
REVOKE ALL ON DATABASE dealertext FROM PUBLIC;
GRANT CONNECT ON DATABASE dealertext TO dealertext_app;
SQL
