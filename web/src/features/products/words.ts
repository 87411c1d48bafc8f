/** What the picker of products says; loaded with it. */
export const words = {
  title: "Products",
  search: "Search, or scan a barcode",
  loading: "Loading products…",
  recent: "Shared lately",
  favourites: "Favourites",
  all: "All products",
  found: "Found",
  none: "No products yet",
  noneText: "They appear here as soon as the shop's catalogue is read.",
  noneFound: (q: string) => `Nothing found for “${q}”.`,
  soldOut: "Sold out",
  favourite: (title: string) => `Favourite: ${title}`,
  hint: "↑ ↓ to move, Enter to add",
};
