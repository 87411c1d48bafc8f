/** What the app says of colleagues who are there, too, and of customers who are one: a part of `strings`. */
export const peopleWords = {
  presence: {
    looking: (names: string[]) => `${several(names)} ${names.length > 1 ? "are" : "is"} looking at this`,
    writing: (names: string[]) => `${several(names)} ${names.length > 1 ? "are" : "is"} writing…`,
  },
  merge: {
    open: "The same person as…",
    title: "The same person as…",
    intro: (name: string) =>
      `Find the other customer who is ${name}, too. Nothing is merged before you have compared them.`,
    search: "Search customers",
    conversations: "Conversations",
    orders: "Active orders",
    loading: "Searching",
    noneFound: (q: string) => `Nobody else matches “${q}”.`,
    closed: "Closed",
    compare: "Is this one person?",
    compareText:
      "The one you keep gets all addresses and orders, and conversations of both show their name. Consent stays with each address. You can undo it at any time.",
    keep: "Whose name is kept",
    keepThis: (name: string) => `Keep ${name}`,
    ordersHere: (count: number) => (count === 1 ? "1 order here" : `${count} orders here`),
    noAddress: "No address",
    already: "They are one person already.",
    submit: "Merge",
    done: (name: string) => `Merged. ${name} has everything now.`,
    undone: "They are two customers again.",
    list: "Merged",
    by: (date: string, name: string) => `${date}, by ${name}`,
    undo: (name: string) => `Undo the merge with ${name}`,
  },
};

function several(names: string[]): string {
  const [first, second, ...more] = names;
  if (second === undefined) return first ?? "";
  return more.length > 0 ? `${first} and ${names.length - 1} others` : `${first} and ${second}`;
}
