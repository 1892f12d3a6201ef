#!/bin/sh
# The browser suite drives Debian's chromium. Where it is absent, root on Debian gets it; elsewhere the suite says
# that it was not run, and why.
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || [ -n "$SHOUWEN_BROWSER" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing chromium for the browser suite ..."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    chromium fonts-noto-cjk; } >/dev/null 2>&1 || echo "chromium could not be installed: the browser suite will not run."
else
  echo "There is no chromium: the browser suite will not run."
fi
