import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import Stripe from 'stripe';
import { eventually, paid, refusal, stripe } from './client.mjs';

const deliveries = [];
const shop = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
        chunks.push(chunk);
    }
    deliveries.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
    response.end();
});
let url;

before(async () => {
    await new Promise(resolve => shop.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${shop.address().port}`;
});

after(() => shop.close());

function verify(body, signature, secret) {
    const event = stripe.webhooks.constructEvent(body, signature, secret);
    return event;
}

test('what arrives is verified, and refused when it was touched', async () => {
    const endpoint = await stripe.webhookEndpoints.create({
        url: `${url}/paid`,
        enabled_events: ['payment_intent.succeeded', 'charge.succeeded'],
        api_version: Stripe.API_VERSION
    });
    assert.match(endpoint.secret, /^whsec_/);
    const intent = await paid(1999);
    const came = await eventually(() => deliveries.filter(it => it.path === '/paid'), it => it.length >= 2);
    const events = came.map(it => verify(it.body, it.headers['stripe-signature'], endpoint.secret));
    const succeeded = events.find(it => it.type === 'payment_intent.succeeded');
    assert.equal(succeeded.data.object.id, intent.id);
    assert.equal(succeeded.data.object.amount_received, 1999);
    assert.equal(succeeded.api_version, Stripe.API_VERSION);
    assert.equal(events.find(it => it.type === 'charge.succeeded').data.object.payment_intent, intent.id);

    const { body, headers } = came[0];
    assert.equal(headers['payments-signature'], headers['stripe-signature']);
    const touched = [[`${body} `, headers['stripe-signature'], endpoint.secret], [body, headers['stripe-signature'], 'whsec_other'],
        [body, headers['stripe-signature'].replace('t=1', 't=0'), endpoint.secret]];
    for (const [text, signature, secret] of touched) {
        await refusal(async () => verify(text, signature, secret), Stripe.errors.StripeSignatureVerificationError);
    }
    await stripe.webhookEndpoints.del(endpoint.id);
});

test('endpoints are read, changed, listed and deleted', async () => {
    const made = await stripe.webhookEndpoints.create({ url: `${url}/managed`, enabled_events: ['*'], metadata: { shop: '7' } });
    const changed = await stripe.webhookEndpoints.update(made.id, { disabled: true, enabled_events: ['charge.refunded'] });
    assert.equal(changed.status, 'disabled');
    assert.deepEqual(changed.enabled_events, ['charge.refunded']);
    assert.equal(changed.secret, undefined);
    assert.deepEqual((await stripe.webhookEndpoints.retrieve(made.id)).metadata, { shop: '7' });
    assert.ok((await stripe.webhookEndpoints.list()).data.some(it => it.id === made.id));
    assert.equal((await stripe.webhookEndpoints.del(made.id)).deleted, true);
    const gone = await refusal(() => stripe.webhookEndpoints.retrieve(made.id), Stripe.errors.StripeInvalidRequestError);
    assert.equal(gone.code, 'resource_missing');
});

test('events are listed and read', async () => {
    const customer = await stripe.customers.create({ name: 'Ada' });
    await stripe.customers.update(customer.id, { name: 'Ben' });
    const { data } = await stripe.events.list({ types: ['customer.updated'], limit: 10 });
    const event = await stripe.events.retrieve(data.find(it => it.data.object.id === customer.id).id);
    assert.equal(event.data.object.name, 'Ben');
    assert.deepEqual(event.data.previous_attributes, { name: 'Ada' });
    assert.match(event.request.id, /^req_/);
    assert.equal(event.request.idempotency_key.startsWith('stripe-node-retry-'), true);
});
