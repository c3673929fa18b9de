import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect as open, createServer } from 'node:net';
import { test } from 'node:test';
import Stripe from 'stripe';
import { BEZANT_SECRET_KEY, BEZANT_URL, connect, stripe } from './client.mjs';

const payment = { amount: 1100, currency: 'eur', payment_method: 'pm_card_visa', confirm: true };

test('a repeat with the same key is the same object', async () => {
    const orderId = randomUUID();
    const options = { idempotencyKey: `pay-${orderId}` };
    const first = await stripe.paymentIntents.create(payment, options);
    const again = await stripe.paymentIntents.create(payment, options);
    assert.equal(again.id, first.id);
    assert.equal(again.latest_charge, first.latest_charge);
    assert.equal(again.lastResponse.idempotencyKey, options.idempotencyKey);
    assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
    assert.notEqual(again.lastResponse.requestId, first.lastResponse.requestId);
});

test('an answer that was lost is fetched by the client\'s own retry', async () => {
    const customer = (await stripe.customers.create()).id;
    let connections = 0;
    const sockets = [];
    // Cuts the first connection when the server has begun to answer, before any of that is passed on.
    const line = createServer(client => {
        const first = ++connections === 1;
        const server = open(Number(new URL(BEZANT_URL).port), '127.0.0.1');
        sockets.push(client);
        client.on('error', () => server.destroy()).on('close', () => server.destroy());
        server.on('error', () => client.destroy()).on('close', () => client.destroy());
        client.pipe(server);
        if (first) {
            server.once('data', () => client.resetAndDestroy());
        } else {
            server.pipe(client);
        }
    });
    await new Promise(resolve => line.listen(0, '127.0.0.1', resolve));
    const cut = connect(BEZANT_SECRET_KEY, `http://127.0.0.1:${line.address().port}`);
    const intent = await cut.paymentIntents.create({ ...payment, customer });
    assert.equal(intent.status, 'succeeded');
    assert.equal(intent.lastResponse.headers['idempotent-replayed'], 'true');
    assert.equal(connections, 2);
    assert.equal((await stripe.paymentIntents.list({ customer })).data.length, 1);
    sockets.forEach(it => it.destroy());
    line.close();
});

test('a call has its own key and account', async () => {
    const account = (await stripe.accounts.retrieveCurrent()).id;
    const made = await connect('sk_test_none').customers.create({ name: 'Zoë [€] & ключ', metadata: { 'a b': 'c=d&e' } },
        { apiKey: BEZANT_SECRET_KEY, stripeAccount: account });
    assert.equal(made.name, 'Zoë [€] & ключ');
    assert.deepEqual(made.metadata, { 'a b': 'c=d&e' });
});

test('the version that a client is made for comes back', async () => {
    assert.equal((await stripe.balance.retrieve()).lastResponse.apiVersion, Stripe.API_VERSION);
});

test('an older version has the older shapes', async () => {
    const intent = await stripe.paymentIntents.create(payment, { apiVersion: '2022-08-01' });
    assert.equal(intent.charges.data[0].id, intent.latest_charge);
    assert.equal(typeof intent.charges.data[0].payment_method, 'string');
});
