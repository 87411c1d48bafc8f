/** What is said of credits where one writes and buys: a part of the first load. */
const number = (value: number) => value.toLocaleString("en-US");

export const creditWords = {
  name: "Credits",
  cost: (credits: number, balance: number) => `${number(credits)} credits of ${number(balance)}`,
  tooFew: (balance: number) => `Too few credits (${number(balance)} left)`,
  low: (balance: number) => `This store has only ${number(balance)} credits left.`,
  lowLabel: "Credits run out",
  buy: "Buy credits",
};
