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
  scan: "Scan with the camera",
  openingCamera: "Opening the camera…",
  stopScanning: "Close the camera",
  camera: {
    picture: "Picture of the camera",
    hint: "Hold a bar code into the picture.",
    denied:
      "The browser may not use the camera here. Allow it in the browser’s settings for this page, then try again.",
    none: "There is no camera. Type the number below the bar code instead.",
    broken: "The camera cannot be used at the moment; another program may have it.",
  },
  hint: "↑ ↓ to move, Enter to add",
};
