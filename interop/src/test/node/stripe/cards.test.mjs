import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { refusal, stripe } from './client.mjs';

test('payment methods are made, attached, changed, listed and detached', async () => {
    const made = await stripe.paymentMethods.create({
        type: 'card',
        card: { number: '5555555555554444', exp_month: 12, exp_year: 2035, cvc: '123' },
        billing_details: { name: 'Ona Petraite', email: 'ona@example.com' }
    });
    assert.equal(made.card.brand, 'mastercard');
    assert.equal(made.billing_details.name, 'Ona Petraite');
    const customer = (await stripe.customers.create()).id;
    assert.equal((await stripe.paymentMethods.attach(made.id, { customer })).customer, customer);
    assert.deepEqual((await stripe.paymentMethods.update(made.id, { metadata: { a: 'b' } })).metadata, { a: 'b' });
    assert.deepEqual((await stripe.paymentMethods.list({ customer, type: 'card' })).data.map(it => it.id), [made.id]);
    assert.equal((await stripe.customers.listPaymentMethods(customer)).data.length, 1);
    assert.equal((await stripe.customers.retrievePaymentMethod(customer, made.id)).card.last4, '4444');
    assert.equal((await stripe.paymentMethods.retrieve(made.id)).customer, customer);
    assert.equal((await stripe.paymentMethods.detach(made.id)).customer, null);
});

test('setup intents go all their ways', async () => {
    const customer = (await stripe.customers.create()).id;
    const done = await stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true, usage: 'off_session' });
    assert.equal(done.status, 'succeeded');
    assert.equal(done.usage, 'off_session');
    const open = await stripe.setupIntents.create({ metadata: { a: 'b' } });
    assert.equal((await stripe.setupIntents.update(open.id, { description: 'later' })).description, 'later');
    const waiting = await stripe.setupIntents.confirm(open.id,
        { payment_method: 'pm_card_authenticationRequired', return_url: 'https://shop.example/kept' });
    assert.match(waiting.next_action.redirect_to_url.url, /^http/);
    assert.equal((await stripe.setupIntents.cancel(open.id, { cancellation_reason: 'abandoned' })).status, 'canceled');
    assert.equal((await stripe.setupIntents.retrieve(done.id)).payment_method, done.payment_method);
    assert.equal((await stripe.setupIntents.list({ customer })).data.length, 1);
});

test('a payer\'s consent is a mandate', async () => {
    const kept = await stripe.setupIntents.create({
        customer: (await stripe.customers.create()).id, payment_method: 'pm_card_visa', confirm: true,
        mandate_data: { customer_acceptance: { type: 'online', online: { ip_address: '203.0.113.9', user_agent: 'UA' } } }
    });
    const mandate = await stripe.mandates.retrieve(kept.mandate);
    assert.equal(mandate.status, 'active');
    assert.equal(mandate.payment_method, kept.payment_method);
    assert.equal(mandate.customer_acceptance.online.ip_address, '203.0.113.9');
    const refused = await refusal(() => stripe.setupIntents.verifyMicrodeposits(kept.id), Stripe.errors.StripeInvalidRequestError);
    assert.equal(refused.statusCode, 400);
});
