/*
 * Stands in for the hosted fields of the real service, whose script is not known: what it renders itself is left out, what it does at the
 * end is here. new HostedFieldsSession(sessionData).submit({cardNumber, expiryDate, cvv, cardholderName}) fills the session.
 */
(function () {
    'use strict';

    function HostedFieldsSession(sessionData) {
        this.data = sessionData;
    }

    HostedFieldsSession.prototype.submit = function (card) {
        var id = this.data.hostedFieldsSessionId;
        return fetch(this.data.platformUrl + '/hostedfields/' + this.data.sessionToken, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(card)
        }).then(function (answer) {
            return answer.json();
        }).then(function (answer) {
            return answer.success ? { success: true, hostedFieldsSessionId: id } : answer;
        });
    };

    window.HostedFieldsSession = HostedFieldsSession;
})();
