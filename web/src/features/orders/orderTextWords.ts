import type { AutomaticTextView } from "../../api/types";

type NotSent = NonNullable<AutomaticTextView["not_sent"]>;

/** Every word of the order's automatic texts. */
export const orderTextWords = {
  name: "Automatic texts",
  loading: "Loading automatic texts",
  none: "Nothing has gone out by itself about this order.",
  noneWhy: "An event that is switched off in the templates, or came to us hours late, texts nobody.",
  off: "Texts about orders are switched off for this store.",
  settings: "Templates",
  open: "Open the conversation",
  events: {
    order_placed: "Order placed",
    order_paid: "Order paid",
    order_sent: "Order sent",
    order_cancelled: "Order cancelled",
    order_follow_up: "Follow-up",
    merchant_order_placed: "New order, to the merchant",
    merchant_order_paid: "Order paid, to the merchant",
    merchant_ticket: "New message, to the merchant",
  } satisfies Record<AutomaticTextView["event"], string>,
  waiting: "Waiting",
  notSent: "Not sent",
  gone: "Sent",
  unknown: "Delivery unknown",
  soon: "It goes out within a minute.",
  until: (time: string) => `It goes out ${time} at the earliest.`,
  deleted: "Its conversation has been deleted.",
  why: {
    switched_off: "Its template, or texts about orders, had been switched off by then.",
    overtaken: "More had happened to the order by then, and it would no longer have been true.",
    no_phone: "There is no phone number that can be texted, with the order or its customer.",
    opted_out: "The customer does not want texts (STOP).",
    not_opted_in: "The customer has not agreed to texts, which this store asks for first.",
    no_sender: "The store has no number of its own that sends.",
    number_taken: "Somebody else is in a conversation between the store's number and the customer's.",
    missing_value: "The template has a token for which there is no value, and no words to stand in for it.",
    too_long: "The text is too long with the store's name and how to stop added.",
    too_late: "It could not be sent for two days.",
    too_few_credits: "The store had too few credits.",
  } satisfies Record<NotSent, string>,
  /** Of texts to the merchant's own phone, where that is another reason. */
  merchantWhy: {
    switched_off: "Its template, or the merchant's phone, had been switched off by then.",
    opted_out: "The merchant's phone has sent STOP.",
    overtaken: "The order had been cancelled by then.",
    too_long: "The text is too long.",
  } as Partial<Record<NotSent, string>>,
};
