import { count } from "./count";

/** What the app says of texts that go out later, of quiet hours and of customers who wait: a part of `strings`. */
export const laterWords = {
  later: {
    open: "Send later…",
    title: "Send later",
    choices: "When it goes out",
    another: "Another time",
    submit: "Send then",
    on: (name: string, clock: string, zone: string) => `On ${name}'s clock, which shows ${clock} now (${zone}).`,
    onStores: (name: string, clock: string, zone: string) =>
      `On the store's clock, which shows ${clock} now (${zone}): where ${name} is, their address does not tell.`,
    storeShows: (clock: string) => `The store's shows ${clock}.`,
    atStore: (when: string) => `${when} at the store`,
    wrong: {
      none: "Choose a date and a time.",
      past: "This is in the past.",
      far: "A text can be sent at most 90 days ahead.",
      ended: "The conversation will have expired by then.",
      window: "The 24 hours in which you can answer freely will be over by then.",
    },
    passed: "It could not be sent later: the chosen time has passed meanwhile, or the conversation ends before.",
    waiting: (total: number) => count(total, "text waits for its time", "texts wait for their time"),
    goesOut: (when: string) => `Goes out ${when}`,
    theirClock: (when: string, store: string) => `${when} on the customer's clock (${store} at the store)`,
    due: "Goes out within a minute",
    why: { later: "Sent later", quiet_hours: "Night at the customer's" },
    edit: "Edit",
    editTitle: "Change the waiting text",
    text: "Text",
    templateFixed: "The words of a template cannot be changed.",
    when: "Goes out",
    save: "Save",
    now: "Send now",
    cancel: "Cancel",
    cancelled: "The text will not go out.",
  },
  /** Conversations that went back to the store because their customers wait. */
  wentBack: {
    unanswered: (from: string) => `Nobody had answered: this conversation went from ${from} back to the store`,
    absent: (from: string) => `This conversation went back to the store while ${from} was away`,
    told: (name: string) => `Your conversation with ${name} went back to the store: the customer waits.`,
    since: (since: string) => `Waiting since ${since}`,
  },
  night: {
    note: (name: string, clock: string) => `It is ${clock} where ${name} is.`,
    waits: (when: string) => `What you send now goes out ${when}.`,
    from: (clock: string) => `It is night where the customer is. This can go out from ${clock} on their clock.`,
  },
};
