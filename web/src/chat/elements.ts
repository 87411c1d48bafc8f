/** Small words for the document. Text is only ever set as text. */
type Child = Node | string;
type Attributes = Record<string, string | boolean | undefined>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (typeof value === "string") made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing on a field of 24; `path` as in SVG. */
export function icon(path: string): SVGSVGElement {
  const made = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" })) {
    made.setAttribute(key, value);
  }
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  made.append(line);
  return made;
}

/** These children in this order, with as few moves as possible: what is announced is what is new. */
export function arrange(parent: Element, wanted: Node[]): void {
  let next = parent.firstChild;
  const keep = new Set(wanted);
  while (next && !keep.has(next)) next = dropped(next);
  for (const node of wanted) {
    if (node === next) {
      next = next.nextSibling;
      while (next && !keep.has(next)) next = dropped(next);
    } else parent.insertBefore(node, next);
  }
}

function dropped(node: ChildNode): ChildNode | null {
  const { nextSibling } = node;
  node.remove();
  return nextSibling;
}
