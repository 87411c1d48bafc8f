const orders = (count: number) => (count === 1 ? "1 order" : `${count.toLocaleString("en")} orders`);

/** What the report of sales says; loaded with it. */
export const words = {
  heading: "Sales",
  back: "Back to orders",
  rule: "An order counts for whoever wrote to its customer in the seven days before, split evenly.",
  month: "Month",
  soFar: "so far",
  loading: "Loading sales",
  reading: (count: number) => `${orders(count)} so far…`,
  none: "No sales in this month",
  noneText: "When a customer orders within seven days after somebody wrote to them, the order is shown here.",
  people: "By associate",
  name: "Associate",
  orders: "Orders",
  amount: "Amount",
  all: "All",
  allHint: "An order in which several have a part is counted for each of them, and once for all.",
  list: "Orders",
  count: orders,
  unknownOrder: "Customer erased",
  countsNot: "Cancelled or refunded",
  more: "Show more",
  file: "Download as CSV",
  columns: ["Order", "Placed", "Total", "Currency", "Counts", "Associate", "Part"],
  yes: "yes",
  no: "no",
};
