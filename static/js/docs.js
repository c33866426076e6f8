// Swagger UI on the page of the API, in the colours that the reader's system asks for.
const place = document.getElementById("calls");
const isDark = matchMedia("(prefers-color-scheme: dark)");
const followScheme = () => document.documentElement.classList.toggle("dark-mode", isDark.matches);

followScheme();
isDark.addEventListener("change", followScheme);

// Its usual layout has a heading, a choice of servers and a main landmark of its own: the page has them already.
const calls = ({ React: { createElement: make } }) => ({
  components: {
    Calls: ({ getComponent }) => {
      const part = (name, ...more) => make(getComponent(name, ...more));
      return make(
        "div",
        { className: "swagger-ui" },
        part("SvgAssets"),
        part("errors", true),
        make("div", { className: "auth-container" }, part("AuthorizeBtnContainer", true)),
        part("operations", true),
        part("Models", true),
      );
    },
  },
  // A link within a button cannot be reached by everybody; the address names an opened call all the same.
  wrapComponents: { DeepLink: () => ({ text }) => make("span", null, text) },
});

SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  plugins: [calls],
  layout: "Calls",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayOperationId: true,
  syntaxHighlight: { theme: "obsidian" },
  // By default it asks another site whether the document is good.
  validatorUrl: null,
});

// What it leaves without a name for those who hear the page, and out of reach for those who have keys alone.
const NAMES = { ".body-param__text": "Body", ".examples-select-element": "Which answer", ".content-type": "Media type" };
const lendAHand = () => {
  for (const [which, name] of Object.entries(NAMES)) {
    for (const nameless of place.querySelectorAll(`${which}:not([aria-label])`)) nameless.ariaLabel = name;
  }
  for (const scrolled of place.querySelectorAll("pre:not([tabindex])")) scrolled.tabIndex = 0;
};
new MutationObserver(lendAHand).observe(place, { childList: true, subtree: true });
