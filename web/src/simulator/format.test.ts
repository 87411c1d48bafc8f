import { describe, expect, it } from "vitest";

import type { Phone, ShopOrder, Text } from "./api";
import { customerName, customerOf, money, ownerName, prettyNumber, textStatus, thread, when } from "./format";

const text: Text = {
  sid: "SM1",
  direction: "out",
  peer: "+12125550001",
  body: "Hi",
  at: 1,
  status: "delivered",
  media_urls: [],
  pictures: [],
  pictures_gone: 0,
  error_code: null,
  webhook_status: 200,
};
const phone: Phone = {
  number: "+12125550104",
  name: "Walter Brandt (landline)",
  behaviour: "landline",
  email: "",
  texts: [],
  missed: [],
};

describe("format", () => {
  it("writes money and numbers as people do", () => {
    expect(money(11885, "USD")).toBe("$118.85");
    expect(prettyNumber("+12125550104")).toBe("+1 212 555 0104");
    expect(prettyNumber("+447700900123")).toBe("+447700900123");
  });

  it("leaves out what stands in brackets behind a name", () => {
    expect(ownerName("Walter Brandt (landline)")).toBe("Walter Brandt");
    expect(ownerName("(nobody)")).toBe("(nobody)");
  });

  it("adds the date to what is older than a day", () => {
    const at = Date.UTC(2026, 10, 22, 12);
    expect(when(at, at + 1000)).not.toContain("Nov");
    expect(when(at, at + 90_000_000)).toContain("Nov 22");
  });

  it("says what became of a text", () => {
    expect(textStatus(text).label).toBe("Delivered");
    expect(textStatus({ ...text, direction: "in" }).label).toBe("Received");
    expect(textStatus({ ...text, status: "sending", webhook_status: null }).failed).toBe(false);
    expect(textStatus({ ...text, status: "failed", webhook_status: 503 })).toEqual({
      label: "Not taken (503)",
      failed: true,
    });
    expect(textStatus({ ...text, status: "failed", webhook_status: 0 }).label).toBe("No answer");
  });

  it("puts what never arrived among what did, by time", () => {
    const mixed = thread({
      ...phone,
      texts: [
        { ...text, at: 1 },
        { ...text, at: 3 },
      ],
      missed: [{ ...text, at: 2 }],
    });
    expect(mixed.map((entry) => entry.missed)).toEqual([false, true, false]);
  });

  it("makes a customer of a phone's owner", () => {
    expect(customerOf(phone, [])).toEqual({
      first_name: "Walter",
      last_name: "Brandt",
      phone: "+12125550104",
      email: "walter.brandt@example.com",
    });
    expect(customerOf({ ...phone, name: "Phone 0150" }, []).email).toBe("customer0104@example.com");
    expect(customerOf({ ...phone, email: "w@example.org" }, []).email).toBe("w@example.org");
    const known = { first_name: "W.", last_name: "B.", phone: phone.number, email: "known@example.com" };
    expect(customerOf(phone, [{ customer: known } as ShopOrder])).toEqual(known);
    expect(customerName({ first_name: "", last_name: "", phone: phone.number, email: "" })).toBe("+1 212 555 0104");
  });
});
