import { expect, it } from "vitest";
import { readMail } from "./mail.ts";

it("reads a subject and both parts as Alertmanager writes them", () => {
  const letter = [
    "Subject: =?utf-8?q?Only_9_of_=E2=80=9Emug=E2=80=9C?=",
    " =?utf-8?q?_left?=",
    "Content-Type: multipart/alternative;  boundary=limit",
    "",
    "--limit",
    "Content-Transfer-Encoding: quoted-printable",
    "Content-Type: text/plain; charset=UTF-8",
    "",
    "- Only 9 of =E2=80=9Emug=E2=80=9C le=",
    "ft",
    "1 =3D 1",
    "--limit",
    "Content-Transfer-Encoding: quoted-printable",
    "Content-Type: text/html; charset=UTF-8",
    "",
    "<b>Only 9</b>",
    "--limit--",
    "",
  ].join("\r\n");
  expect(readMail(letter)).toEqual({
    subject: "Only 9 of „mug“ left",
    text: "- Only 9 of „mug“ left\n1 = 1",
    html: "<b>Only 9</b>",
  });
});

it("reads a letter of one part", () => {
  expect(readMail("Subject: Hello\r\nContent-Type: text/plain\r\n\r\nHello.")).toEqual({
    subject: "Hello",
    text: "Hello.",
    html: "",
  });
});
