// A button on a shop's page: a customer who is signed in there writes to the store (docs/members.md). Whatever the page's
// content security policy says of styles and frames, it stands: a form of its own, in a window of its own.
(() => {
  const { door, identity, label = "Message us" } = document.currentScript?.dataset ?? {};
  if (!door || !identity) return; // nobody is signed in

  const place = document.createElement("div");
  const inside = place.attachShadow({ mode: "open" });
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: door, target: "_blank", rel: "noopener" });
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "identity", value: identity });
  const button = document.createElement("button");
  button.append(label);
  form.append(field, button);

  const style = new CSSStyleSheet();
  style.replaceSync(`
    form { position: fixed; inset: auto max(1rem, env(safe-area-inset-right)) max(1rem, env(safe-area-inset-bottom)) auto;
      z-index: 2147483000; margin: 0 }
    button { min-height: 3rem; padding: 0 1.25rem; border: 0; border-radius: 1.5rem; background: #1f5fbf; color: #fff;
      font: 600 1rem/1.2 system-ui, sans-serif; box-shadow: 0 2px 12px rgb(0 0 0 / 25%); cursor: pointer }
    button:hover { background: #194f9f }
    button:focus-visible { outline: 3px solid #1b1f24; outline-offset: 2px; box-shadow: 0 0 0 6px #fff }
    @media print { form { display: none } }
  `);
  inside.adoptedStyleSheets = [style];
  inside.append(form);
  document.body.append(place);
})();
