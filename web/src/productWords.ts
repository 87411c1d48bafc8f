/** What the app says of products: a part of `strings`. */
export const productWords = {
  open: "Products",
  cart: "Cart",
  card: "Product",
  view: "View",
  viewOf: (title: string) => `View ${title}`,
  remove: (title: string) => `Remove ${title}`,
  loading: "Loading its picture…",
  noPicture: "Goes out without a picture.",
  gone: "This product is no longer in the shop.",
  picture: (title: string) => `Picture of ${title}`,
};
