/** Every word of the page behind a link to pictures. */
export const strings = {
  opening: "Loading…",
  title: (count: number, store: string) => `${count === 1 ? "A picture" : `${count} pictures`} from ${store}`,
  picture: (number: number, count: number) => (count === 1 ? "Picture" : `Picture ${number} of ${count}`),
  full: "Show in full size",
  doorTitle: "There are no pictures here",
  door: "The link may be too old. Please ask the store to send it again.",
  unreachableTitle: "The pictures cannot be loaded",
  unreachable: "Please look at your connection.",
  retry: "Try again",
};
