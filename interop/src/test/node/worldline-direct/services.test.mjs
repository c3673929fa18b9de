import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import sdk, { assertSuccess } from 'onlinepayments-sdk-nodejs';
import { ask, merchant, payment } from './merchant.mjs';

// The merchant's own server: hears webhooks.
const heard = [];
const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
        heard.push({ headers: request.headers, body: Buffer.concat(chunks) });
        response.end();
    });
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
after(() => server.close());
const hook = `http://127.0.0.1:${server.address().port}/hook`;

const { client, id, credentials } = await merchant({ webhook_urls: hook });
const CONTEXT = { countryCode: 'NL', currencyCode: 'EUR', locale: 'en_GB', amount: 1000, isRecurring: false };

/** Until there are so many. */
async function hears(count) {
    for (const end = Date.now() + 30_000; heard.length < count;) {
        assert.ok(Date.now() < end, `heard ${heard.length} of ${count} webhooks`);
        await new Promise(soon => setTimeout(soon, 20));
    }
}

test('products are listed by country and currency', async () => {
    const all = assertSuccess(await client.products.getPaymentProducts(id, { ...CONTEXT, hide: ['fields', 'accountsOnFile'] }));
    const ids = all.body.paymentProducts.map(product => product.id);
    assert.ok(ids.includes(1) && ids.includes(809) && ids.includes(840));
    assert.ok(!ids.includes(3012));
    const visa = assertSuccess(await client.products.getPaymentProduct(id, 1, CONTEXT));
    assert.equal(visa.body.fields[0].id, 'cardNumber');
    assert.ok(assertSuccess(await client.products.getPaymentProductNetworks(id, 320, CONTEXT)).body.networks.length > 0);
    assert.ok(assertSuccess(await client.products.getProductDirectory(id, 809, CONTEXT)).body.entries.length > 0);
    assert.equal((await client.products.getPaymentProduct(id, -1, CONTEXT)).status, 404);
    assert.equal((await client.products.getPaymentProducts(id, { currencyCode: 'EUR' })).status, 400);
    assert.equal(assertSuccess(await client.productGroups.getProductGroup(id, 'cards', CONTEXT)).body.id, 'Cards');
    assert.equal(assertSuccess(await client.productGroups.getProductGroups(id, CONTEXT)).body.paymentProductGroups.length, 1);
});

test('cards can be asked about', async () => {
    const details = assertSuccess(await client.services.getIINDetails(id, { bin: '401200' }, {}));
    assert.equal(details.body.cardScheme, 'Visa');
    assert.equal((await client.services.getIINDetails(id, { bin: '123' }, {})).status, 400);
    const rate = assertSuccess(await client.services.getDccRateInquiry(id, {
        cardSource: { card: { cardNumber: '4242424242424242', paymentProductId: 1 } }, transaction: { amount: { amount: 1000, currencyCode: 'EUR' } }
    }, {}));
    assert.equal(rate.body.proposal.targetAmount.currencyCode, 'USD');
    const surcharge = assertSuccess(await client.services.surchargeCalculation(id, {
        amountOfMoney: { amount: 1000, currencyCode: 'EUR' }, cardSource: { card: { cardNumber: '5425233430109903', paymentProductId: 3 } }
    }, {}));
    assert.equal(surcharge.body.surcharges[0].totalAmount.amount, 1045);
    const policy = assertSuccess(await client.privacyPolicy.getPrivacyPolicy(id, { locale: 'en_GB', paymentProductId: 1 }));
    assert.match(policy.body.htmlContent, /<h1>/);
});

test('a mandate lives and dies', async () => {
    const made = assertSuccess(await client.mandates.createMandate(id, {
        customerReference: 'c-1', recurrenceType: 'RECURRING', signatureType: 'UNSIGNED',
        customer: { bankAccountIban: { iban: 'NL91ABNA0417164300' } }
    }, {}));
    const reference = made.body.mandate.uniqueMandateReference;
    assertSuccess(await client.mandates.blockMandate(id, reference, {}));
    assert.equal((await client.mandates.blockMandate(id, reference, {})).status, 400);
    assertSuccess(await client.mandates.unblockMandate(id, reference, {}));
    assertSuccess(await client.mandates.revokeMandate(id, reference, { revocationReason: 'userAction' }, {}));
    assert.equal(assertSuccess(await client.mandates.getMandate(id, reference, {})).body.mandate.status, 'REVOKED');
});

test("the webhooks helper takes what is sent, and nothing that was changed", async () => {
    sdk.webhooks.inMemorySecretKeyStore.storeSecretKey(credentials.webhooks_key_id, credentials.webhooks_secret);
    const helper = sdk.webhooks.init(sdk.webhooks.inMemorySecretKeyStore);
    const made = assertSuccess(await client.payments.createPayment(id, payment(321), {}));
    await hears(1);
    const event = await helper.unmarshal(heard[0].body, heard[0].headers);
    assert.equal(event.type, 'payment.pending_capture');
    assert.equal(event.merchantId, id);
    assert.equal(event.payment.id, made.body.payment.id);
    assert.equal(event.payment.paymentOutput.references.merchantReference, 'node-321');
    await assert.rejects(helper.unmarshal(Buffer.concat([heard[0].body, Buffer.from(' ')]), heard[0].headers), /validate signature/);
    await ask('POST', 'faults', { provider: 'worldline-direct', fault: 'webhook_bad_signature' });
    assertSuccess(await client.payments.cancelPayment(id, made.body.payment.id, {}, {}));
    await hears(2);
    await assert.rejects(helper.unmarshal(heard[1].body, heard[1].headers), /validate signature/);
});

test('webhook credentials are validated and tested', async () => {
    const nothing = createHmac('sha256', credentials.webhooks_secret).update('').digest('base64');
    const valid = assertSuccess(await client.webhooks.validateWebhookCredentials(id, { key: credentials.webhooks_key_id, secret: nothing }, {}));
    assert.equal(valid.body.result, 'Valid');
    const invalid = assertSuccess(await client.webhooks.validateWebhookCredentials(id, { key: credentials.webhooks_key_id, secret: 'x' }, {}));
    assert.equal(invalid.body.result, 'Invalid');
    const before = heard.length;
    assert.equal((await client.webhooks.sendTestWebhook(id, { url: hook }, {})).isSuccess, true);
    await hears(before + 1);
    assert.equal(JSON.parse(heard.at(-1).body).type, 'payment.test');
    assert.equal((await client.webhooks.sendTestWebhook(id, { url: 'invalid-url' }, {})).status, 400);
});
