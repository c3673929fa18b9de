import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomUUID } from 'node:crypto';
import sdk, { assertSuccess, SdkApiError } from 'onlinepayments-sdk-nodejs';
import { ask, merchant, payment, submit } from './merchant.mjs';

const { client, id, movements, account } = await merchant();

async function authorized(amount) {
    const made = assertSuccess(await client.payments.createPayment(id, payment(amount), {}));
    return made.body.payment.id;
}

test('the connection is tested, and a wrong secret is refused', async () => {
    const answer = assertSuccess(await client.services.testConnection(id, {}));
    assert.equal(answer.body.result, 'OK');
    const stranger = sdk.init({ ...configurationOf(await merchant()), secretApiKey: 'guess' });
    const refused = await stranger.services.testConnection(id, {});
    assert.equal(refused.status, 403);
    assert.throws(() => assertSuccess(refused), SdkApiError);
});

function configurationOf(other) {
    const url = new URL(other.url);
    return { integrator: 'Bezant', host: url.hostname, scheme: 'http', port: Number(url.port), apiKeyId: other.credentials.api_key_id };
}

test('a card is authorized, captured in parts and refunded', async () => {
    const paymentId = await authorized(800);
    const first = assertSuccess(await client.payments.capturePayment(id, paymentId, { amount: 300, isFinal: false }, {}));
    assert.equal(first.body.status, 'CAPTURE_REQUESTED');
    assertSuccess(await client.payments.capturePayment(id, paymentId, { amount: 500, isFinal: true, references: { merchantReference: 'c-2' } }, {}));
    const tooMuch = await client.payments.capturePayment(id, paymentId, { amount: 1 }, {});
    assert.equal(tooMuch.status, 400);
    assert.equal(tooMuch.body.errors[0].id, 'ACTION_NOT_ALLOWED_ON_TRANSACTION');
    const refund = assertSuccess(await client.payments.refundPayment(id, paymentId,
        { amountOfMoney: { amount: 145, currencyCode: 'EUR' }, references: { merchantReference: 'r-1' } }, {}));
    assert.equal(refund.status, 201);
    assert.equal(refund.body.status, 'REFUND_REQUESTED');
    const captures = assertSuccess(await client.captures.getCaptures(id, paymentId, {}));
    assert.equal(captures.body.captures.length, 2);
    const refunds = assertSuccess(await client.refunds.getRefunds(id, paymentId, {}));
    assert.equal(refunds.body.refunds[0].refundOutput.references.merchantReference, 'r-1');
    const read = assertSuccess(await client.payments.getPayment(id, paymentId, {}));
    assert.equal(read.body.status, 'CAPTURED');
    const details = assertSuccess(await client.payments.getPaymentDetails(id, paymentId, {}));
    assert.equal(details.body.Operations.length, 4);
    assert.deepEqual((await movements()).slice(-4), ['authorization 800 eur node-800', 'capture 300 eur -', 'capture 500 eur c-2', 'refund 145 eur r-1']);
});

test('an authorization is cancelled, and then nothing more can be done', async () => {
    const paymentId = await authorized(801);
    const cancelled = assertSuccess(await client.payments.cancelPayment(id, paymentId,
        { amountOfMoney: { amount: 801, currencyCode: 'EUR' }, isFinal: true, operationReferences: { merchantReference: 'v-1' } }, {}));
    assert.equal(cancelled.body.payment.status, 'CANCELLED');
    assert.equal((await client.payments.cancelPayment(id, paymentId, {}, {})).status, 400);
    assert.equal((await client.payments.capturePayment(id, paymentId, {}, {})).status, 400);
    assert.equal((await movements()).at(-1), 'void 801 eur v-1');
});

test('a decline carries the rejected payment', async () => {
    const declined = await client.payments.createPayment(id, payment(1000, { cardNumber: '4321456998744563' }), {});
    assert.equal(declined.isSuccess, false);
    assert.equal(declined.status, 402);
    assert.equal(declined.body.paymentResult.payment.status, 'REJECTED');
});

test('one key makes one payment, and tells when the first was', async () => {
    const context = { idempotence: { key: randomUUID() } };
    const first = assertSuccess(await client.payments.createPayment(id, payment(900), context));
    assert.equal(context.idempotence.requestTimestamp, undefined);
    const second = assertSuccess(await client.payments.createPayment(id, payment(900), context));
    assert.equal(second.body.payment.id, first.body.payment.id);
    assert.match(context.idempotence.requestTimestamp, /^\d{13}$/);
    assert.equal((await movements()).filter(movement => movement.includes(' 900 ')).length, 1);
});

test('of two at once one is told that the other is under way', async () => {
    await ask('POST', 'faults', { provider: 'worldline-direct', account, operation: 'createPayment', fault: 'delay', delay_ms: 3000, count: 2 });
    const key = randomUUID();
    const both = await Promise.all([1, 2].map(() => client.payments.createPayment(id, payment(901), { idempotence: { key } })));
    await ask('DELETE', 'faults');
    const refused = both.find(answer => !answer.isSuccess);
    assert.deepEqual(both.map(answer => answer.status).sort(), [201, 409]);
    assert.equal(refused.body.errors[0].id, 'DUPLICATE_REQUEST_IN_PROGRESS');
});

async function challenged(number, indicator) {
    const made = assertSuccess(await client.payments.createPayment(id, payment(2980, { cardNumber: number }, {
        threeDSecure: {
            challengeIndicator: indicator, challengeCanvasSize: '600x400', skipAuthentication: false,
            redirectionData: { returnUrl: 'https://shop.example/3ds' }
        }
    }), {}));
    return made.body;
}

test('3-D Secure is frictionless, challenged, failed or given up', async () => {
    const frictionless = await challenged('4012000033330026', 'no-challenge-requested');
    assert.equal(frictionless.payment.paymentOutput.cardPaymentMethodSpecificOutput.threeDSecureResults.flow, 'frictionless');
    for (const [decision, status] of [['pass', 'PENDING_CAPTURE'], ['fail', 'REJECTED'], ['cancel', 'CANCELLED']]) {
        const made = await challenged('4567350000427977', 'challenge-requested');
        assert.equal(made.payment.status, 'REDIRECTED');
        assert.equal(made.merchantAction.actionType, 'REDIRECT');
        const back = new URL((await submit(made.merchantAction.redirectData.redirectURL, { decision })).location);
        assert.equal(back.searchParams.get('RETURNMAC'), made.merchantAction.redirectData.RETURNMAC);
        const read = assertSuccess(await client.payments.getPayment(id, back.searchParams.get('paymentId'), {}));
        assert.equal(read.body.status, status);
    }
    const abandoned = await challenged('4567350000427977', 'challenge-requested');
    await ask('POST', 'clock', { advance: 'PT3H1M' });
    const read = assertSuccess(await client.payments.getPayment(id, abandoned.payment.id, {}));
    assert.equal(read.body.status, 'REJECTED');
});

test('a redirect method is paid at its page', async () => {
    const made = assertSuccess(await client.payments.createPayment(id, {
        order: { amountOfMoney: { amount: 500, currencyCode: 'EUR' } },
        redirectPaymentMethodSpecificInput: { paymentProductId: 809, redirectionData: { returnUrl: 'https://shop.example/back' } }
    }, {}));
    await submit(made.body.merchantAction.redirectData.redirectURL, { decision: 'pass' });
    const read = assertSuccess(await client.payments.getPayment(id, made.body.payment.id, {}));
    assert.equal(read.body.status, 'CAPTURED');
});

test('a payment goes on with a subsequent one', async () => {
    const first = await authorized(700);
    const second = assertSuccess(await client.payments.subsequentPayment(id, first, {
        order: { amountOfMoney: { amount: 70, currencyCode: 'EUR' } },
        subsequentcardPaymentMethodSpecificInput: { authorizationMode: 'SALE', subsequentType: 'Recurring' }
    }, {}));
    assert.equal(second.body.payment.status, 'CAPTURED');
    const failed = await client.complete.completePayment(id, first, { order: { amountOfMoney: { amount: 700, currencyCode: 'EUR' } } }, {});
    assert.equal(failed.status, 500);
});

test('a payout is credited', async () => {
    const made = assertSuccess(await client.payouts.createPayout(id, {
        amountOfMoney: { amount: 1000, currencyCode: 'EUR' },
        references: { merchantReference: 'p-1' },
        cardPayoutMethodSpecificInput: {
            paymentProductId: 1, payoutReason: 'Gambling',
            card: { cardNumber: '4012000033330026', cardholderName: 'A B', expiryDate: '1240' }
        }
    }, {}));
    const read = assertSuccess(await client.payouts.getPayout(id, made.body.id, {}));
    assert.equal(read.body.status, 'ACCOUNT_CREDITED');
    assert.equal((await movements()).at(-1), 'payout 1000 eur p-1');
});
