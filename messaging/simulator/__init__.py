"""A carrier on loopback: Twilio's REST API, its signed webhooks, and a customer's phone.

A separate program that speaks nothing but HTTP: it reads none of the portal's tables and the portal
imports none of this. It serves

- `/2010-04-01/…`, `/v1/…` and `/v2/…`: the carrier's API (`rest`), noted in a log of arrivals,
- `/simulator/`: a customer's phone in the browser (`page`),
- `/simulator/api/`: the strings behind it (`control`), JSON both ways (docs/simulator.md):

GET         api/                 accounts, settings, how many requests arrived
GET POST    api/settings/        answers, advanced_opt_out, strict_numbers, sent_after_seconds,
                                 delivered_after_seconds, webhook_retries, webhook_base
POST        api/accounts/        {sid, auth_token}: a further account, or a new token
GET POST    api/numbers/         the dealerships' numbers: {number, name, messaging_service_sid,
                                 account_sid, answers, sms_url, voice_url} or {numbers: [...]}
GET POST    api/phones/          the handsets: {number, name, city, state, zip, country}
GET         api/phones/+1.../messages/     the texts of a handset, oldest first; ?number=
POST        api/texts/           a text from a handset: {from, to, body, media,
                                 messaging_service_sid, opt_out_type, sid, extra, deliver_times,
                                 same_instant, signature, url, wait}
POST        api/texts/at-once/   {texts: [...]}: different texts at the same instant
POST        api/texts/SM.../deliver/       the same webhook again: {deliver_times, same_instant}
POST        api/calls/           {from, to}: ring a number; says whom the portal connected it to
GET         api/messages/        every text, oldest first; ?from= &to= &limit=
GET         api/requests/        every request that reached the carrier;
                                 ?method= &path= &from= &to= &after= &limit=
GET         api/deliveries/      every webhook and the portal's answer; ?kind= &sid= &after=
GET POST DELETE  api/faults/     what goes wrong: {drop_after_accept, drop_before_accept,
                                 drop_mid_answer, delay_seconds, delay_before_accept, status,
                                 accepted, error_code, callbacks, final_status} with
                                 {times, to, from, on}
DELETE      api/faults/7/        one fault
GET         api/callbacks/       status callbacks that are held back
POST        api/callbacks/release/         deliver them: {newest_first}
GET POST DELETE  api/blocks/     {number, customer}: who is blocked at the carrier
GET         api/idle/?timeout=10 wait until nothing is under way
GET         api/changes/?version=0&timeout=25        wait until something happens
POST        api/reset/           forget texts, blocks, logs, faults; {everything: true} all
"""

from __future__ import annotations
