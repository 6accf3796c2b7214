// Four columns need a wide screen: below it the list comes first, unless the board was asked for.
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search);
  if (asked.has("layout") || !matchMedia("(max-width: 1199.98px)").matches) return;
  asked.set("layout", "list");
  location.replace(`${location.pathname}?${asked}`);
})();
