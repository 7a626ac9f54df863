// The reference: Swagger UI shows the spec that the page holds. Nothing is sent from here.

"use strict";

(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();
  const nothing = () => () => null;
  const offline = () => ({
    // References are resolved against the address of the page, and from a file that fails. Nothing is at this one.
    statePlugins: { spec: { wrapSelectors: { url: () => () => "https://spec.invalid/" } } },
    wrapComponents: { InfoUrl: nothing, authorizeBtn: nothing, authorizeOperationBtn: nothing },
  });
  window.SwaggerUIBundle({
    spec: JSON.parse(document.getElementById("spec").textContent),
    dom_id: "#reference",
    presets: [window.SwaggerUIBundle.presets.apis],
    plugins: [offline],
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    defaultModelExpandDepth: 4,
    showExtensions: true,
    showCommonExtensions: true,
    supportedSubmitMethods: [],
    validatorUrl: null,
  });
})();
