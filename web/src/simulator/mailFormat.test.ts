import { describe, expect, it } from "vitest";

import type { Mail, Mailbox } from "./api";
import { answerSubject, mailsOf, mailStatus, pieces, quoted, size } from "./mailFormat";

const mail: Mail = {
  id: "1",
  direction: "in",
  peer: "boston@shop.example",
  peer_name: "Boston",
  answer_to: "boston+token@shop.example",
  subject: "Your coat",
  text: "It is packed.\n> When?\n",
  shown_html: null,
  files: [],
  message_id: "x@y",
  automatic: false,
  at: 5,
  status: "delivered",
  error: null,
  complained: false,
  can_unsubscribe: false,
  unsubscribe_url: null,
  unsubscribed: false,
};

const box = (mails: Mail[], missed: Mail[] = []): Mailbox => ({
  address: "ana@mail.example",
  name: "Ana",
  behaviour: "normal",
  verified: true,
  mails,
  missed,
});

describe("mails of a mailbox", () => {
  it("are shown with the missed ones, newest first", () => {
    const shown = mailsOf(box([mail, { ...mail, id: "2", at: 9 }], [{ ...mail, id: "3", at: 7 }]));
    expect(shown.map(({ id, missed }) => [id, missed])).toEqual([
      ["2", false],
      ["3", true],
      ["1", false],
    ]);
  });

  it("say what became of them", () => {
    const label = (change: Partial<Mail>, missed = false) => mailStatus({ ...mail, ...change, missed }).label;
    expect(label({})).toBe("Received");
    expect(label({ complained: true })).toBe("Marked as spam");
    expect(label({}, true)).toBe("Came back");
    expect(label({ direction: "out" })).toBe("Delivered");
    expect(label({ direction: "out", status: "sending" })).toBe("Sending…");
    expect(label({ direction: "out", status: "failed" })).toBe("Not taken");
  });
});

describe("an answer", () => {
  it.each([
    ["Your coat", "Re: Your coat"],
    ["Re: Your coat", "Re: Your coat"],
    ["RE: Your coat", "RE: Your coat"],
    ["Regarding", "Re: Regarding"],
    ["", "Re:"],
  ])("to %j is about %j", (subject, answer) => expect(answerSubject(subject)).toBe(answer));

  it("quotes what it answers, deeper each time", () => {
    expect(quoted(mail, "Nov 22")).toBe(
      "\n\nOn Nov 22, Boston <boston@shop.example> wrote:\n> It is packed.\n>> When?\n",
    );
  });
});

describe("text", () => {
  it("has its web addresses apart, without the full stop behind", () => {
    expect(pieces("See https://a.example/x#y. Bye")).toEqual([
      { text: "See ", link: false },
      { text: "https://a.example/x#y", link: true },
      { text: ". Bye", link: false },
    ]);
  });

  it("makes no link of anything else", () => {
    expect(pieces("javascript:alert(1) ftp://x")).toEqual([{ text: "javascript:alert(1) ftp://x", link: false }]);
  });
});

it.each([
  [3, "3 B"],
  [1_499, "1 KB"],
  [2_500_000, "2.5 MB"],
])("%d bytes are %s", (bytes, words) => expect(size(bytes)).toBe(words));
