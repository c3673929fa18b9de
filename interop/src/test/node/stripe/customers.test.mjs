import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import Stripe from 'stripe';
import { refusal, stripe } from './client.mjs';

test('customers are made, changed, cleared, found and deleted', async () => {
    const email = `${randomUUID()}@example.com`;
    const made = await stripe.customers.create({
        email, name: 'Ona Petraite', metadata: { vip: 'yes' }, address: { city: 'Vilnius', country: 'LT' }, payment_method: 'pm_card_visa'
    });
    assert.equal(made.address.city, 'Vilnius');
    const method = (await stripe.customers.listPaymentMethods(made.id)).data[0].id;
    const updated = await stripe.customers.update(made.id, { invoice_settings: { default_payment_method: method }, phone: '+37060000000' });
    assert.equal(updated.invoice_settings.default_payment_method, method);
    const cleared = await stripe.customers.update(made.id, { phone: '', name: null });
    assert.equal(cleared.phone, null);
    assert.equal(cleared.name, null);
    const read = await stripe.customers.retrieve(made.id, { expand: ['invoice_settings.default_payment_method'] });
    assert.equal(read.invoice_settings.default_payment_method.card.last4, '4242');
    assert.equal((await stripe.customers.list({ email })).data.length, 1);
    assert.deepEqual((await stripe.customers.search({ query: `email:"${email}"` })).data.map(it => it.id), [made.id]);
    assert.equal((await stripe.customers.del(made.id)).deleted, true);
    assert.equal((await stripe.customers.retrieve(made.id)).deleted, true);
});

test('customers have tax ids and a balance', async () => {
    const { id } = await stripe.customers.create();
    const tax = await stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'LT123456789' });
    assert.equal((await stripe.customers.listTaxIds(id)).data.length, 1);
    assert.equal((await stripe.customers.retrieveTaxId(id, tax.id)).value, 'LT123456789');
    assert.equal((await stripe.customers.deleteTaxId(id, tax.id)).deleted, true);
    const credit = await stripe.customers.createBalanceTransaction(id, { amount: -500, currency: 'eur' });
    assert.equal(credit.ending_balance, -500);
    assert.equal((await stripe.customers.listBalanceTransactions(id)).data.length, 1);
    assert.equal((await stripe.customers.updateBalanceTransaction(id, credit.id, { description: 'A gift' })).description, 'A gift');
    assert.equal((await stripe.customers.retrieveBalanceTransaction(id, credit.id)).amount, -500);
    assert.equal((await stripe.customers.retrieve(id)).balance, -500);
});

test('cards of the older kind are kept under sources', async () => {
    const { id } = await stripe.customers.create();
    const card = await stripe.customers.createSource(id, { source: 'tok_visa' });
    assert.equal(card.object, 'card');
    assert.equal(card.last4, '4242');
    assert.equal((await stripe.customers.retrieve(id)).default_source, card.id);
    assert.deepEqual((await stripe.customers.listSources(id)).data.map(it => it.id), [card.id]);
    assert.equal((await stripe.customers.retrieveSource(id, card.id)).customer, id);
    assert.equal((await stripe.customers.deleteSource(id, card.id)).deleted, true);
    assert.equal((await stripe.customers.retrieve(id)).default_source, null);
});

test('there are no discounts', async () => {
    const { id } = await stripe.customers.create();
    assert.equal((await refusal(() => stripe.customers.deleteDiscount(id), Stripe.errors.StripeInvalidRequestError)).statusCode, 404);
});
