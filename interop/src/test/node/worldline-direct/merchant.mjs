// A merchant at the simulated Worldline Direct, with the vendor's own client.
import sdk from 'onlinepayments-sdk-nodejs';

const control = process.env.BEZANT_SANDBOX_URL;
if (!control) {
    throw new Error('BEZANT_SANDBOX_URL must name the control API of a running sandbox');
}

/** Calls the sandbox's control API. */
export async function ask(method, path, body) {
    const answer = await fetch(`${control}/control/${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body)
    });
    const json = await answer.json();
    if (!answer.ok) {
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
    }
    return json;
}

/** A fresh account, or one with these credentials and settings. */
export async function merchant(credentials = {}) {
    const made = await ask('POST', 'accounts', { provider: 'worldline-direct', credentials });
    const url = new URL(made.url);
    const client = sdk.init({
        integrator: 'Bezant',
        host: url.hostname,
        scheme: 'http',
        port: Number(url.port),
        apiKeyId: made.credentials.api_key_id,
        secretApiKey: made.credentials.secret_api_key
    });
    return {
        client,
        id: made.credentials.merchant_id,
        account: made.account,
        credentials: made.credentials,
        url: made.url,
        async movements() {
            const { data } = await ask('GET', `ledger?limit=1000&account=${made.account}`);
            return data.map(entry => `${entry.kind} ${entry.amount} ${entry.currency} ${entry.reference ?? '-'}`);
        }
    };
}

/** The default payment of the vendor's own tests. */
export function payment(amount = 1000, card = {}, input = {}) {
    return {
        order: {
            amountOfMoney: { amount, currencyCode: 'EUR' },
            references: { merchantReference: `node-${amount}` },
            customer: {
                locale: 'en_GB',
                billingAddress: { countryCode: 'BE' },
                device: {
                    acceptHeader: '*/*', ipAddress: '203.0.113.9', locale: 'en-GB', timezoneOffsetUtcMinutes: '-180', userAgent: 'UA',
                    browserData: { colorDepth: 24, javaEnabled: false, screenHeight: '768', screenWidth: '1024' }
                }
            }
        },
        cardPaymentMethodSpecificInput: {
            paymentProductId: 1,
            authorizationMode: 'FINAL_AUTHORIZATION',
            transactionChannel: 'ECOMMERCE',
            card: { cardNumber: '4012000033330026', cardholderName: 'A B', cvv: '123', expiryDate: '1240', ...card },
            ...input
        }
    };
}

/** What a browser does with a form: post it, and not follow where it is sent. */
export async function submit(url, fields) {
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}
