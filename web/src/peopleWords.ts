/** What the app says of colleagues who are there, too: a part of `strings`. */
export const peopleWords = {
  presence: {
    looking: (names: string[]) => `${several(names)} ${names.length > 1 ? "are" : "is"} looking at this`,
    writing: (names: string[]) => `${several(names)} ${names.length > 1 ? "are" : "is"} writing…`,
  },
};

function several(names: string[]): string {
  const [first, second, ...more] = names;
  if (second === undefined) return first ?? "";
  return more.length > 0 ? `${first} and ${names.length - 1} others` : `${first} and ${second}`;
}
