#!/bin/sh
# npm ci inside a build, with the settings and certificates that the builder was given as secrets.
set -eu
[ ! -s /run/secrets/npmrc ] || export NPM_CONFIG_USERCONFIG=/run/secrets/npmrc
[ ! -s /run/secrets/ca ] || export NODE_EXTRA_CA_CERTS=/run/secrets/ca
exec npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
