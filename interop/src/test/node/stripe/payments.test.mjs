import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import Stripe from 'stripe';
import { paid, refusal, stripe } from './client.mjs';

test('a payment in one call is complete', async () => {
    const intent = await stripe.paymentIntents.create({
        amount: 1999, currency: 'eur', payment_method: 'pm_card_visa', confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' }
    });
    assert.equal(intent.status, 'succeeded');
    assert.equal(intent.amount_received, 1999);
    assert.ok(intent.client_secret.startsWith(`${intent.id}_secret_`));
    assert.equal(intent.charges, undefined);
    assert.match(intent.lastResponse.requestId, /^req_/);
    const charge = await stripe.charges.retrieve(intent.latest_charge);
    assert.equal(charge.paid, true);
    assert.equal(charge.captured, true);
    assert.equal(charge.payment_method, intent.payment_method);
    assert.equal(charge.payment_method_details.card.last4, '4242');
    assert.equal(charge.outcome.network_status, 'approved_by_network');
});

test('step by step, with updates and metadata', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 4200, currency: 'eur', description: 'Order 1', metadata: { order: '1' } });
    assert.equal(intent.status, 'requires_payment_method');
    const updated = await stripe.paymentIntents.update(intent.id, { amount: 4700, metadata: { size: 'L' }, statement_descriptor_suffix: 'BOOKS' });
    assert.equal(updated.amount, 4700);
    assert.deepEqual(updated.metadata, { order: '1', size: 'L' });
    const confirmed = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_mastercard', return_url: 'https://shop.example/back' });
    assert.equal(confirmed.status, 'succeeded');
    const read = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge', 'payment_method', 'customer'] });
    assert.equal(read.latest_charge.amount, 4700);
    assert.equal(read.payment_method.card.brand, 'mastercard');
    assert.equal(read.customer, null);
});

test('an authorization is captured in part or canceled', async () => {
    const hold = () => paid(3000, 'pm_card_visa', { capture_method: 'manual' });
    const held = await hold();
    assert.equal(held.status, 'requires_capture');
    assert.equal(held.amount_capturable, 3000);
    assert.equal((await stripe.paymentIntents.capture(held.id, { amount_to_capture: 2500 })).amount_received, 2500);
    const canceled = await stripe.paymentIntents.cancel((await hold()).id, { cancellation_reason: 'requested_by_customer' });
    assert.equal(canceled.status, 'canceled');
    assert.equal(canceled.cancellation_reason, 'requested_by_customer');
    assert.equal((await stripe.charges.capture((await hold()).latest_charge, { amount: 1000 })).amount_captured, 1000);
});

test('a challenge is a next action', async () => {
    const waiting = await paid(1500, 'pm_card_threeDSecure2Required', { return_url: 'https://shop.example/back' });
    assert.equal(waiting.status, 'requires_action');
    assert.equal(waiting.next_action.type, 'redirect_to_url');
    assert.match(waiting.next_action.redirect_to_url.url, /^http/);
    assert.equal(waiting.next_action.redirect_to_url.return_url, 'https://shop.example/back');
    assert.equal((await stripe.paymentIntents.cancel(waiting.id)).status, 'canceled');
});

test('a card in the request is kept for its customer', async () => {
    const customer = await stripe.customers.create();
    const first = await stripe.paymentIntents.create({
        amount: 900, currency: 'eur', customer: customer.id, confirm: true, setup_future_usage: 'off_session',
        payment_method_data: { type: 'card', card: { number: '4242424242424242', exp_month: 12, exp_year: 2035, cvc: '123' } }
    });
    assert.equal(first.status, 'succeeded');
    const later = await paid(700, first.payment_method, { customer: customer.id, off_session: true });
    assert.equal(later.status, 'succeeded');
});

test('lists page by themselves in both directions', async () => {
    const customer = await stripe.customers.create();
    const made = [];
    for (let i = 0; i < 7; i++) {
        made.unshift((await stripe.paymentIntents.create({ amount: 1000 + i, currency: 'eur', customer: customer.id })).id);
    }
    const seen = [];
    for await (const intent of stripe.paymentIntents.list({ customer: customer.id, limit: 3 })) {
        seen.push(intent.id);
    }
    assert.deepEqual(seen, made);
    const backwards = [];
    for await (const intent of stripe.paymentIntents.list({ customer: customer.id, limit: 3, ending_before: made.at(-1) })) {
        backwards.push(intent.id);
    }
    assert.deepEqual(backwards, made.slice(0, 6).reverse());
});

test('intents and charges are searched', async () => {
    const mark = randomUUID();
    const intent = await paid(1234, 'pm_card_visa', { metadata: { mark } });
    const found = await stripe.paymentIntents.search({ query: `status:"succeeded" AND metadata["mark"]:"${mark}"` });
    assert.deepEqual(found.data.map(it => it.id), [intent.id]);
    await paid(1234);
    const charges = [];
    for await (const charge of stripe.charges.search({ query: 'amount:1234', limit: 1 })) {
        charges.push(charge.id);
    }
    assert.ok(charges.length >= 2 && charges.includes(intent.latest_charge));
});

test('an empty value unsets, and so does null', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'eur', description: 'Order 2', metadata: { a: '1', b: '2', c: '3' } });
    const one = await stripe.paymentIntents.update(intent.id, { metadata: { a: '', c: null } });
    assert.deepEqual(one.metadata, { b: '2' });
    assert.equal(one.description, 'Order 2');
    const none = await stripe.paymentIntents.update(intent.id, { metadata: '', description: null });
    assert.deepEqual(none.metadata, {});
    assert.equal(none.description, null);
});

test('amounts are whole units of their currency, and lists are filtered by time', async () => {
    const yen = await paid(500, 'pm_card_jcb', { currency: 'jpy', receipt_email: 'ona@example.com' });
    assert.equal(yen.amount_received, 500);
    assert.equal(yen.receipt_email, 'ona@example.com');
    const since = await stripe.paymentIntents.list({ created: { gte: yen.created }, expand: ['data.latest_charge'] });
    assert.equal(since.data.find(it => it.id === yen.id).latest_charge.currency, 'jpy');
    const before = await stripe.paymentIntents.list({ created: { lt: yen.created }, limit: 100 });
    assert.ok(!before.data.some(it => it.id === yen.id));
});

test('charges are listed, updated and expanded', async () => {
    const intent = await paid(1500);
    assert.equal((await stripe.charges.list({ payment_intent: intent.id })).data.length, 1);
    const updated = await stripe.charges.update(intent.latest_charge, { description: 'By hand', metadata: { checked: 'yes' } });
    assert.equal(updated.description, 'By hand');
    await stripe.refunds.create({ charge: intent.latest_charge, amount: 500 });
    const charge = await stripe.charges.retrieve(intent.latest_charge, { expand: ['refunds', 'payment_intent', 'balance_transaction'] });
    assert.equal(charge.amount_refunded, 500);
    assert.equal(charge.refunds.data.length, 1);
    assert.equal(charge.payment_intent.id, intent.id);
    assert.equal(charge.balance_transaction.amount, 1500);
});

test('refunds are made, read, updated and listed', async () => {
    const intent = await paid(2000);
    const part = await stripe.refunds.create({
        payment_intent: intent.id, amount: 700, reason: 'requested_by_customer', metadata: { why: 'returned' }
    });
    assert.equal(part.status, 'succeeded');
    assert.equal((await stripe.refunds.retrieve(part.id)).amount, 700);
    assert.deepEqual((await stripe.refunds.update(part.id, { metadata: { why: 'broken' } })).metadata, { why: 'broken' });
    await stripe.refunds.create({ payment_intent: intent.id });
    assert.deepEqual((await stripe.refunds.list({ payment_intent: intent.id })).data.map(it => it.amount), [1300, 700]);
});

test('a list within an object pages by its own address', async () => {
    const intent = await paid(1300);
    const made = [];
    for (let i = 0; i < 12; i++) {
        made.unshift((await stripe.refunds.create({ payment_intent: intent.id, amount: 100 })).id);
    }
    const { refunds } = await stripe.charges.retrieve(intent.latest_charge, { expand: ['refunds'] });
    assert.equal(refunds.has_more, true);
    const rest = await stripe.rawRequest('GET', `${refunds.url}?starting_after=${refunds.data.at(-1).id}`);
    assert.deepEqual([...refunds.data, ...rest.data].map(it => it.id), made);
});

test('what no provider can do is refused with words', async () => {
    const held = await paid(1000, 'pm_card_visa', { capture_method: 'manual' });
    const refused = call => refusal(call, Stripe.errors.StripeInvalidRequestError);
    assert.equal((await refused(() => stripe.paymentIntents.incrementAuthorization(held.id, { amount: 1200 }))).statusCode, 400);
    assert.equal((await refused(() => stripe.paymentIntents.applyCustomerBalance(held.id))).statusCode, 400);
    assert.equal((await refused(() => stripe.paymentIntents.verifyMicrodeposits(held.id))).statusCode, 400);
    assert.deepEqual((await stripe.paymentIntents.listAmountDetailsLineItems(held.id)).data, []);
});
