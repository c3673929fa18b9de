import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, paid, stripe } from './client.mjs';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

test('what was earned is in the balance and its transactions', async () => {
    const intent = await paid(1700);
    const { data } = await stripe.balanceTransactions.list({ source: intent.latest_charge });
    assert.equal(data.length, 1);
    const transaction = await stripe.balanceTransactions.retrieve(data[0].id, { expand: ['source'] });
    assert.equal(transaction.type, 'charge');
    assert.equal(transaction.net, transaction.amount - transaction.fee);
    assert.equal(transaction.source.object, 'charge');
    assert.ok((await stripe.balance.retrieve()).available.some(it => it.currency === 'eur'));
    const account = await stripe.accounts.retrieveCurrent();
    assert.match(account.id, /^acct_/);
    assert.equal((await stripe.accounts.retrieve(account.id)).charges_enabled, true);
});

test('a card is paid out to', async () => {
    const made = await stripe.payouts.create({ amount: 1900, currency: 'eur', destination: 'pm_card_visa', description: 'Win', metadata: { ticket: '7' } });
    assert.deepEqual([made.status, made.type, made.automatic, made.metadata], ['paid', 'card', false, { ticket: '7' }]);
    const read = await stripe.payouts.retrieve(made.id);
    assert.equal(read.destination, made.destination);
    const { data } = await stripe.payouts.list({ status: 'paid', destination: made.destination });
    assert.deepEqual(data.map(it => it.id), [made.id]);
});

test('a dispute is answered with a file and won, another given up', async () => {
    const [one, other] = [await paid(2100, 'pm_card_createDispute'), await paid(2200, 'pm_card_createDisputeProductNotReceived')];
    const file = await stripe.files.create({ purpose: 'dispute_evidence', file: { data: PDF, name: 'note.pdf', type: 'application/pdf' } });
    assert.equal((await stripe.files.retrieve(file.id)).size, PDF.length);
    assert.ok((await stripe.files.list()).data.some(it => it.id === file.id));
    const found = async query => (await eventually(() => stripe.disputes.list(query), it => it.data.length > 0)).data[0];

    const dispute = await found({ payment_intent: one.id });
    assert.deepEqual([dispute.status, dispute.reason, dispute.amount], ['needs_response', 'fraudulent', 2100]);
    const answered = await stripe.disputes.update(dispute.id,
        { evidence: { receipt: file.id, uncategorized_text: 'winning_evidence' }, submit: true });
    assert.equal(answered.evidence.receipt, file.id);
    assert.equal(answered.evidence_details.submission_count, 1);
    const won = await eventually(() => stripe.disputes.retrieve(dispute.id, { expand: ['charge'] }), it => it.status === 'won');
    assert.equal(won.charge.disputed, true);
    assert.deepEqual(won.balance_transactions.map(it => it.amount), [-2100, 2100]);

    const second = await found({ charge: other.latest_charge });
    assert.equal(second.reason, 'product_not_received');
    assert.equal((await stripe.disputes.close(second.id)).status, 'lost');
});
