/** Every text about picking a prepared text. */
export const textWords = {
  open: "Templates and quick replies",
  title: "Choose a text",
  loading: "Loading texts",
  none: "There are none yet. Managers make them in the settings.",
  search: "Search texts",
  list: "Texts",
  missing: "Please fill in what is not known:",
  insert: "Use this text",
  events: {
    order_placed: "Automatic: order placed",
    order_paid: "Automatic: order paid",
    order_sent: "Automatic: order sent",
    order_cancelled: "Automatic: order cancelled",
    order_follow_up: "Automatic: follow-up",
  } as Record<string, string>,
};
