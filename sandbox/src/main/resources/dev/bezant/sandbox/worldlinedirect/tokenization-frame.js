(function () {
    'use strict';
    var form = document.getElementById('card');
    var saved = document.getElementById('saved');
    var typed = document.getElementById('typed');
    var consent = document.getElementById('consent');
    var amount;

    function tell(message) {
        // Which shop frames this page is not known beforehand; nothing secret is told.
        window.parent.postMessage(message, '*');
    }

    function value(id) {
        return document.getElementById(id).value;
    }

    function tellHeight() {
        tell({ tokenizer: 'height', height: Math.ceil(document.body.scrollHeight) + 4 });
    }

    function usesToken() {
        return saved && saved.value !== '';
    }

    function showWhatIsNeeded() {
        typed.hidden = usesToken();
        if (consent) {
            document.getElementById('consent-row').hidden = usesToken();
        }
        tellHeight();
    }

    function complain(errors) {
        document.querySelectorAll('.field-error').forEach(function (place) {
            place.textContent = errors[place.dataset.field] || '';
        });
        tellHeight();
    }

    function send(body) {
        return fetch(window.location.href, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body)
        }).then(function (answer) {
            return answer.json();
        });
    }

    function surcharge() {
        var number = value('cardNumber').replace(/\D/g, '');
        if (amount && number.length >= 6) {
            send({ ask: 'surcharge', amount: amount.amount, currency: amount.currency, cardNumber: number }).then(function (answer) {
                tell({ tokenizer: 'surcharge', surcharge: answer });
            });
        }
    }

    function submit(message) {
        var body = usesToken()
            ? { ask: 'tokenize', token: saved.value, cvv: value('cvv') }
            : {
                ask: 'tokenize',
                cardNumber: value('cardNumber').replace(/\D/g, ''),
                expiryDate: value('expiryDate').replace(/\D/g, ''),
                cvv: value('cvv'),
                cardholderName: value('cardholderName')
            };
        body.storePermanently = message.storePermanently !== undefined ? message.storePermanently === true : !!(consent && consent.checked);
        send(body).then(function (answer) {
            complain(answer.fields || {});
            delete answer.fields;
            tell({ tokenizer: 'validation', valid: answer.success });
            tell({ tokenizer: 'result', number: message.number, result: answer });
        }, function (failure) {
            tell({ tokenizer: 'result', number: message.number, result: { success: false, error: { message: String(failure) } } });
        });
    }

    window.addEventListener('message', function (event) {
        var data = event.data;
        if (event.source !== window.parent || !data || !data.tokenizer) {
            return;
        }
        if (data.tokenizer === 'setUp') {
            document.getElementById('holder-row').hidden = data.hideCardholderName;
            if (data.token && saved) {
                saved.value = data.token;
            }
            showWhatIsNeeded();
        } else if (data.tokenizer === 'useToken' && saved) {
            saved.value = data.token || '';
            showWhatIsNeeded();
        } else if (data.tokenizer === 'setAmount') {
            amount = { amount: data.amount, currency: data.currency };
            surcharge();
        } else if (data.tokenizer === 'submit') {
            submit(data);
        }
    });

    document.getElementById('expiryDate').addEventListener('input', function () {
        var digits = this.value.replace(/\D/g, '').slice(0, 4);
        this.value = digits.length > 2 ? digits.slice(0, 2) + '/' + digits.slice(2) : digits;
    });
    document.getElementById('cardNumber').addEventListener('change', surcharge);
    form.addEventListener('submit', function (event) {
        event.preventDefault();
    });
    if (saved) {
        saved.addEventListener('change', showWhatIsNeeded);
    }
    tell({ tokenizer: 'ready' });
    showWhatIsNeeded();
})();
