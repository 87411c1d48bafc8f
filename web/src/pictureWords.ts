/** What the composer says of pictures: a part of `strings`. */
export const pictureWords = {
  attach: "Attach pictures",
  list: "Attached pictures",
  drop: "Drop pictures here",
  picture: (place: number, total: number) => (total === 1 ? "Picture" : `Picture ${place} of ${total}`),
  remove: (picture: string) => `Remove ${picture.toLowerCase()}`,
  retry: (picture: string) => `Try ${picture.toLowerCase()} again`,
  uploading: (part: number) => `Uploading, ${Math.round(part * 100)} %`,
  checking: "Checking…",
  ready: "Ready to send",
  again: "Try again",
  tooMany: (limit: number) =>
    limit === 1 ? "One picture in a message here." : `At most ${limit} pictures in a message.`,
  mms: "Goes out as a picture message in the US, Canada and Australia, elsewhere as a link.",
  tooLarge: "Larger than 16 MB.",
  empty: "This file is empty.",
  noPicture: "This is no picture.",
  stuck: "This takes too long.",
  sent: (total: number) => (total === 1 ? "Picture" : `${total} pictures`),
};
