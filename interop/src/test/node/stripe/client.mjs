// Stripe's own client, with nothing but its address and key changed.
import Stripe from 'stripe';
import assert from 'node:assert/strict';

export const { BEZANT_URL, BEZANT_SECRET_KEY, BEZANT_PUBLISHABLE_KEY, BEZANT_SANDBOX_URL } = process.env;
if (!BEZANT_URL || !BEZANT_SECRET_KEY || !BEZANT_SANDBOX_URL) {
    throw new Error('BEZANT_URL, BEZANT_SECRET_KEY and BEZANT_SANDBOX_URL must name a running server');
}

export function connect(key = BEZANT_SECRET_KEY, url = BEZANT_URL) {
    const address = new URL(url);
    const stripe = new Stripe(key, {
        protocol: address.protocol.replace(':', ''),
        host: address.hostname,
        port: address.port
    });
    return stripe;
}

export const stripe = connect();

/** What the call is refused with, which must be of the client's own class. */
export async function refusal(call, type) {
    try {
        await call();
    } catch (e) {
        assert.ok(e instanceof type, `${e.stack} is not a ${type.name}`);
        return e;
    }
    throw new assert.AssertionError({ message: `not refused with ${type.name}` });
}

/** The first answer that has what is waited for. */
export async function eventually(call, wanted) {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
        const got = await call();
        if (wanted(got)) {
            return got;
        }
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error('did not happen within a minute');
}

/** Runs something while a simulated provider has a fault. */
export async function withFault(fault, work) {
    const { id } = await control('POST', '', fault);
    const struck = async () => (await control('GET', '')).data.find(it => it.id === id).hits > 0;
    try {
        return await work(() => eventually(struck, Boolean));
    } finally {
        await control('DELETE', `/${id}`);
    }
}

async function control(method, path, body) {
    const answer = await fetch(`${BEZANT_SANDBOX_URL}/control/faults${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body)
    });
    assert.ok(answer.ok, `${method} faults${path}: ${answer.status}`);
    return answer.json();
}

export function paid(amount, token = 'pm_card_visa', more = {}) {
    return stripe.paymentIntents.create({ amount, currency: 'eur', payment_method: token, confirm: true, ...more });
}
