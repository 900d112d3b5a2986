"use strict";

// The two readers of the schema, both from this host.
const swagger = document.getElementById("swagger");
if (swagger) {
  SwaggerUIBundle({
    url: swagger.dataset.schema,
    domNode: swagger,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    displayRequestDuration: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      if (request.method && request.method !== "GET") request.headers["X-CSRFToken"] = swagger.dataset.csrf;
      return request;
    },
  });
}

// Redoc fetches the logo of its maker from the maker's host, without an option against it. No page of ours asks another host:
// such a picture is replaced by none, which Redoc takes for one that is missing.
const NONE = "data:,";
const fromHere = (address) => {
  const is = new URL(address, location.href);
  return is.origin === location.origin || is.protocol === "data:" ? address : NONE;
};
const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
Object.defineProperty(HTMLImageElement.prototype, "src", {
  ...source,
  set(address) {
    source.set.call(this, fromHere(address));
  },
});
HTMLImageElement.prototype.setAttribute = function (name, value) {
  Element.prototype.setAttribute.call(this, name, name === "src" ? fromHere(value) : value);
};

const redoc = document.getElementById("redoc");
if (redoc) Redoc.init(redoc.dataset.schema, { disableSearch: true, hideDownloadButton: false }, redoc);
