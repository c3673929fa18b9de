import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSuccess } from 'onlinepayments-sdk-nodejs';
import { merchant, payment, submit } from './merchant.mjs';

const { client, id, movements, url } = await merchant();
const CARD = { method: 'card', cardNumber: '4242 4242 4242 4242', expiryDate: '12/40', cvv: '123', cardholderName: 'A B' };

async function checkout(more = {}) {
    const made = assertSuccess(await client.hostedCheckout.createHostedCheckout(id, {
        order: { amountOfMoney: { amount: 1234, currencyCode: 'EUR' }, references: { merchantReference: 'hc-1' } },
        hostedCheckoutSpecificInput: { returnUrl: 'https://shop.example/back?order=7', locale: 'en_GB', showResultPage: false, ...more }
    }, {}));
    return made.body;
}

test('a hosted checkout is paid with a card', async () => {
    const made = await checkout();
    const before = assertSuccess(await client.hostedCheckout.getHostedCheckout(id, made.hostedCheckoutId, {}));
    assert.equal(before.body.status, 'IN_PROGRESS');
    const back = new URL((await submit(made.redirectUrl, CARD)).location);
    assert.equal(back.searchParams.get('RETURNMAC'), made.RETURNMAC);
    assert.equal(back.searchParams.get('hostedCheckoutId'), made.hostedCheckoutId);
    assert.equal(back.searchParams.get('order'), '7');
    const after = assertSuccess(await client.hostedCheckout.getHostedCheckout(id, made.hostedCheckoutId, {}));
    assert.equal(after.body.status, 'PAYMENT_CREATED');
    assert.equal(after.body.createdPaymentOutput.payment.id, `${made.hostedCheckoutId}_0`);
    assert.equal((await movements()).at(-1), 'authorization 1234 eur hc-1');
});

test('a hosted checkout is paid with iDEAL, or cancelled', async () => {
    const made = await checkout();
    const bank = await submit(made.redirectUrl, { method: '809' });
    await submit(bank.location, { decision: 'pass' });
    const paid = assertSuccess(await client.hostedCheckout.getHostedCheckout(id, made.hostedCheckoutId, {}));
    assert.equal(paid.body.createdPaymentOutput.payment.status, 'CAPTURED');
    const other = await checkout();
    await submit(other.redirectUrl, { method: 'cancel' });
    const cancelled = assertSuccess(await client.hostedCheckout.getHostedCheckout(id, other.hostedCheckoutId, {}));
    assert.equal(cancelled.body.status, 'CANCELLED_BY_CONSUMER');
    assert.equal((await client.hostedCheckout.getHostedCheckout(id, '9999999999', {})).status, 404);
});

test('a hosted tokenization makes a token that pays', async () => {
    const made = assertSuccess(await client.hostedTokenization.createHostedTokenization(id, { locale: 'en_GB', askConsumerConsent: true, tokens: '1,2' }, {}));
    assert.deepEqual(made.body.invalidTokens, ['1', '2']);
    const typed = await fetch(made.body.hostedTokenizationUrl, {
        method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ask: 'tokenize', cardNumber: '4242424242424242', expiryDate: '1240', cvv: '123', storePermanently: true })
    });
    assert.equal((await typed.json()).success, true);
    const read = assertSuccess(await client.hostedTokenization.getHostedTokenization(id, made.body.hostedTokenizationId, {}));
    assert.equal(read.body.tokenStatus, 'CREATED');
    const paid = assertSuccess(await client.payments.createPayment(id, {
        order: payment(600).order, hostedTokenizationId: made.body.hostedTokenizationId,
        cardPaymentMethodSpecificInput: { authorizationMode: 'SALE' }
    }, {}));
    assert.equal(paid.body.payment.status, 'CAPTURED');
    assert.equal((await client.hostedTokenization.createHostedTokenization(id, { locale: 'invalid_locale' }, {})).status, 400);
});

test('a token is made, pays and is deleted', async () => {
    const made = assertSuccess(await client.tokens.createToken(id, {
        paymentProductId: 1,
        card: { data: { card: { cardNumber: '4012000033330026', cardholderName: 'A B', expiryDate: '1240', cvv: '123' } } }
    }, {}));
    const token = made.body.token;
    const read = assertSuccess(await client.tokens.getToken(id, token, {}));
    assert.equal(read.body.card.data.cardWithoutCvv.cardNumber, '************0026');
    const paid = assertSuccess(await client.payments.createPayment(id,
        { order: payment(610).order, cardPaymentMethodSpecificInput: { token, authorizationMode: 'SALE' } }, {}));
    assert.equal(paid.body.payment.paymentOutput.cardPaymentMethodSpecificOutput.token, token);
    const deleted = await client.tokens.deleteToken(id, token, {});
    assert.equal(deleted.status, 204);
    assert.equal(deleted.body, null);
    assert.equal((await client.tokens.getToken(id, token, {})).status, 404);
});

test('a session is made for browsers', async () => {
    const made = assertSuccess(await client.sessions.createSession(id, { tokens: ['1'] }, {}));
    assert.equal(made.body.clientApiUrl, `${url}/client`);
    assert.deepEqual(made.body.invalidTokens, ['1']);
    assert.equal((await client.sessions.createSession(id, { tokens: Array(11).fill('x') }, {})).status, 400);
});

test('a payment link is paid once', async () => {
    const made = assertSuccess(await client.paymentLinks.createPaymentLink(id, {
        order: { amountOfMoney: { amount: 1000, currencyCode: 'EUR' }, references: { merchantReference: 'l-1' } },
        paymentLinkSpecificInput: { description: 'd', recipientName: 'A' }
    }, {}));
    const opened = await fetch(made.body.redirectionUrl, { redirect: 'manual' });
    await submit(opened.headers.get('location'), CARD);
    const paid = assertSuccess(await client.paymentLinks.getPaymentLinkById(id, made.body.paymentLinkId, {}));
    assert.equal(paid.body.status, 'PAID');
    assert.equal((await fetch(made.body.redirectionUrl)).status, 410);
    const other = assertSuccess(await client.paymentLinks.createPaymentLink(id, { order: { amountOfMoney: { amount: 1, currencyCode: 'EUR' } } }, {}));
    assert.equal((await client.paymentLinks.cancelPaymentLinkById(id, other.body.paymentLinkId, {})).isSuccess, true);
    assert.equal((await client.paymentLinks.cancelPaymentLinkById(id, other.body.paymentLinkId, {})).status, 404);
});
