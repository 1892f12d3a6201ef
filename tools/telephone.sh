#!/bin/sh
# The tests of calls drive a real Asterisk with sipp. Where one is absent they say that they were not run, and why.
"$1/shouwen" voice install || echo "Asterisk could not be fetched: the tests of calls will not run."
command -v sipp >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing sipp for the tests of calls ..."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends sip-tester; } \
    >/dev/null 2>&1 || echo "sipp could not be installed: the tests of calls will not run."
else
  echo "There is no sipp: the tests of calls will not run."
fi
