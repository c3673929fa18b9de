import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import Stripe from 'stripe';
import { BEZANT_PUBLISHABLE_KEY, connect, eventually, paid, refusal, stripe, withFault } from './client.mjs';

const { BEZANT_LIMITED_KEY, BEZANT_READING_KEY, BEZANT_EXPIRED_KEY } = process.env;
const {
    StripeAPIError, StripeAuthenticationError, StripeCardError, StripeConnectionError, StripeIdempotencyError, StripeInvalidRequestError,
    StripePermissionError, StripeRateLimitError
} = Stripe.errors;
const ONCE = { maxNetworkRetries: 0 };

test('a decline is a card error with everything about it', async () => {
    const declined = await refusal(() => paid(1500, 'pm_card_visa_chargeDeclinedInsufficientFunds'), StripeCardError);
    assert.equal(declined.statusCode, 402);
    assert.equal(declined.code, 'card_declined');
    assert.equal(declined.decline_code, 'insufficient_funds');
    assert.match(declined.charge, /^ch_/);
    assert.equal(declined.param, 'payment_method');
    assert.match(declined.requestId, /^req_/);
    assert.equal(declined.payment_intent.status, 'requires_payment_method');
    assert.equal(declined.payment_method.card.last4, '9995');
});

test('wrong requests name the parameter', async () => {
    const small = await refusal(() => paid(1), StripeInvalidRequestError);
    assert.deepEqual([small.statusCode, small.code, small.param], [400, 'amount_too_small', 'amount']);
    const missing = await refusal(() => stripe.paymentIntents.retrieve('pi_none'), StripeInvalidRequestError);
    assert.deepEqual([missing.statusCode, missing.code], [404, 'resource_missing']);
    const unknown = await refusal(() => stripe.paymentIntents.create({ amount: 1000, currency: 'eur', ammount: 5 }), StripeInvalidRequestError);
    assert.deepEqual([unknown.code, unknown.param], ['parameter_unknown', 'ammount']);
});

test('a wrong state carries the intent', async () => {
    const intent = await paid(1500);
    const late = await refusal(() => stripe.paymentIntents.cancel(intent.id), StripeInvalidRequestError);
    assert.equal(late.code, 'payment_intent_unexpected_state');
    assert.equal(late.payment_intent.id, intent.id);
});

test('a card refund cannot be taken back nor made twice, and can stay pending', async () => {
    const intent = await paid(2000);
    const whole = await stripe.refunds.create({ payment_intent: intent.id });
    assert.equal((await refusal(() => stripe.refunds.cancel(whole.id), StripeInvalidRequestError)).statusCode, 400);
    const again = await refusal(() => stripe.refunds.create({ payment_intent: intent.id }), StripeInvalidRequestError);
    assert.equal(again.code, 'charge_already_refunded');
    const slow = await paid(1600, 'pm_card_pendingRefund');
    const pending = await stripe.refunds.create({ payment_intent: slow.id, expand: ['charge'] });
    assert.equal(pending.status, 'pending');
    assert.equal(pending.charge.id, slow.latest_charge);
});

test('keys that do not work are authentication errors', async () => {
    assert.equal((await refusal(() => connect('sk_test_nobodys').balance.retrieve(), StripeAuthenticationError)).statusCode, 401);
    const expired = await eventually(() => connect(BEZANT_EXPIRED_KEY).balance.retrieve().catch(e => e), it => it instanceof Error);
    assert.ok(expired instanceof StripeAuthenticationError);
    assert.equal(expired.code, 'api_key_expired');
});

test('keys that may not are permission errors', async () => {
    const reading = connect(BEZANT_READING_KEY);
    assert.ok((await reading.charges.list()).data.length > 0);
    assert.equal((await refusal(() => reading.customers.create(), StripePermissionError)).statusCode, 403);
    const publishable = await refusal(() => connect(BEZANT_PUBLISHABLE_KEY).customers.list(), StripePermissionError);
    assert.equal(publishable.code, 'secret_key_required');
});

test('a call for another account is a permission error', async () => {
    const refused = await refusal(() => stripe.customers.list({}, { stripeAccount: 'acct_other' }), StripePermissionError);
    assert.equal(refused.code, 'account_invalid');
});

test('too many requests are a rate limit error', async () => {
    const limited = connect(BEZANT_LIMITED_KEY);
    const refused = await refusal(async () => {
        for (let i = 0; i < 9; i++) {
            await limited.customers.list();
        }
    }, StripeRateLimitError);
    assert.equal(refused.statusCode, 429);
});

test('another request under the same key is an idempotency error', async () => {
    const options = { idempotencyKey: randomUUID() };
    const make = amount => stripe.paymentIntents.create({ amount, currency: 'eur' }, options);
    await make(1500);
    assert.equal((await refusal(() => make(1600), StripeIdempotencyError)).statusCode, 400);
});

test('a request that is still being worked on is an API error', async () => {
    const options = { idempotencyKey: randomUUID(), ...ONCE };
    const pay = () => stripe.paymentIntents.create({ amount: 1700, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }, options);
    await withFault({ provider: 'cardinity', operation: 'createPayment', fault: 'delay', delay_ms: 4000 }, async struck => {
        const first = pay();
        await struck();
        const second = await refusal(pay, StripeAPIError);
        assert.deepEqual([second.statusCode, second.code], [409, 'idempotency_key_in_use']);
        assert.equal((await first).status, 'succeeded');
    });
});

test('a provider that cannot be reached for a refund is an API error', async () => {
    const intents = [await paid(1100), await paid(1100), await paid(1100), await paid(1100), await paid(1100)];
    await withFault({ provider: 'cardinity', fault: 'refuse' }, async () => {
        const answers = [];
        for (const intent of intents) {
            answers.push(await stripe.refunds.create({ payment_intent: intent.id }, ONCE).catch(e => e));
        }
        // On a connection that was open before, whether a request arrived is not known: such a refund is pending.
        const refused = answers.find(it => it instanceof Error);
        assert.ok(refused instanceof StripeAPIError);
        assert.equal(refused.statusCode, 503);
        assert.ok(answers.every(it => it instanceof Error || it.status === 'pending'));
    });
});

test('no server is a connection error', async () => {
    await refusal(() => connect('sk_test_x', 'http://127.0.0.1:1').balance.retrieve({}, ONCE), StripeConnectionError);
});

test('what does not exist here is an invalid request', async () => {
    assert.equal((await refusal(() => stripe.subscriptions.list(), StripeInvalidRequestError)).statusCode, 404);
    assert.equal((await refusal(() => stripe.products.list(), StripeInvalidRequestError)).statusCode, 404);
});
