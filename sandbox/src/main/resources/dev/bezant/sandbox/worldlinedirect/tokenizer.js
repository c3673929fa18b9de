/*
 * The shop's side of hosted tokenization: puts the frame into the shop's page and talks to it. Between this script and the frame go
 * messages {tokenizer: name, ...}; only those of the frame's own window and origin are heard.
 */
(function () {
    'use strict';

    function Tokenizer(url, divId, options, token) {
        this.url = url;
        this.divId = divId;
        this.options = options || {};
        this.token = token;
        this.origin = new URL(url, document.baseURI).origin;
        this.waiting = {};
        this.number = 0;
        this.onMessage = this.onMessage.bind(this);
    }

    Tokenizer.prototype.initialize = function () {
        var self = this;
        var place = document.getElementById(this.divId);
        if (!place) {
            return Promise.reject(new Error('There is no element with the id ' + this.divId));
        }
        this.destroy();
        window.addEventListener('message', this.onMessage);
        return new Promise(function (resolve, reject) {
            var frame = document.createElement('iframe');
            frame.title = 'Card details';
            frame.setAttribute('frameborder', '0');
            frame.style.border = '0';
            frame.style.width = '100%';
            frame.style.height = '340px';
            self.frame = frame;
            self.ready = resolve;
            frame.onerror = function () {
                reject(new Error('The frame could not be loaded'));
            };
            frame.src = self.url;
            place.appendChild(frame);
        });
    };

    Tokenizer.prototype.onMessage = function (event) {
        var data = event.data;
        if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== this.origin || !data || !data.tokenizer) {
            return;
        }
        if (data.tokenizer === 'ready') {
            this.post({
                tokenizer: 'setUp',
                hideCardholderName: this.options.hideCardholderName === true,
                hideTokenFields: this.options.hideTokenFields !== false,
                token: this.token
            });
            this.ready();
        } else if (data.tokenizer === 'height') {
            this.frame.style.height = data.height + 'px';
        } else if (data.tokenizer === 'validation' && typeof this.options.validationCallback === 'function') {
            this.options.validationCallback({ valid: data.valid });
        } else if (data.tokenizer === 'surcharge' && typeof this.options.surchargeCallback === 'function') {
            this.options.surchargeCallback({ surcharge: data.surcharge });
        } else if (data.tokenizer === 'result' && this.waiting[data.number]) {
            this.waiting[data.number](data.result);
            delete this.waiting[data.number];
        }
    };

    Tokenizer.prototype.post = function (message) {
        if (!this.frame) {
            throw new Error('initialize() comes first');
        }
        this.frame.contentWindow.postMessage(message, this.origin);
    };

    Tokenizer.prototype.useToken = function (token) {
        this.token = token;
        this.post({ tokenizer: 'useToken', token: token });
    };

    Tokenizer.prototype.setAmount = function (amount, currency) {
        this.post({ tokenizer: 'setAmount', amount: amount, currency: currency });
    };

    Tokenizer.prototype.submitTokenization = function (options) {
        var self = this;
        var number = ++this.number;
        return new Promise(function (resolve) {
            self.waiting[number] = resolve;
            self.post({ tokenizer: 'submit', number: number, storePermanently: options && options.storePermanently });
        });
    };

    Tokenizer.prototype.destroy = function () {
        window.removeEventListener('message', this.onMessage);
        if (this.frame) {
            this.frame.remove();
            this.frame = undefined;
        }
    };

    window.Tokenizer = Tokenizer;
})();
