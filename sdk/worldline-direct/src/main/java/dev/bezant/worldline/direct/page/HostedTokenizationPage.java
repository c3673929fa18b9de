package dev.bezant.worldline.direct.page;

import dev.bezant.worldline.direct.model.CreateHostedTokenizationResponse;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tokenization form inside the merchant's page: the platform's script shows it, and puts the id of what the payer entered into a form of the
 * merchant's, which is then sent. The card never passes through the merchant's server.
 *
 * @param formUrl of the platform's form
 * @param integrity of the platform's script, where the platform told it
 * @see "docs/protocols/worldline-direct.md, section 11"
 */
public record HostedTokenizationPage(URI formUrl, @Nullable String integrity) {
    private static final String SCRIPT = "/hostedtokenization/js/client/tokenizer.min.js";

    /** Empty when the answer holds no usable address. */
    public static Optional<HostedTokenizationPage> of(CreateHostedTokenizationResponse response) {
        return response.formUrl().map(url -> new HostedTokenizationPage(url, response.sri().orElse(null)));
    }

    /**
     * How the form is embedded.
     *
     * @param action where the merchant's form goes by POST, with {@code hostedTokenizationId}; an absolute address or a path
     * @param buttonLabel plain text
     * @param token a kept card to show, else null
     * @param storePermanently whether the payer agreed to keep the card; null when the page asks for that itself
     * @param hideCardholderName whether the name is not asked for
     */
    public record Options(
            String action, String buttonLabel, @Nullable String token, @Nullable Boolean storePermanently, boolean hideCardholderName) {
        public static Options of(String action, String buttonLabel) {
            return new Options(action, buttonLabel, null, null, false);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Options[" + action + "]";
        }
    }

    public URI scriptUrl() {
        return URI.create(origin() + SCRIPT);
    }

    /** A policy for a page that holds nothing but {@link #html}; a larger page adds these sources to its own. */
    public String contentSecurityPolicy(String scriptNonce) {
        return "script-src 'nonce-" + nonce(scriptNonce) + "' " + origin() + "; frame-src " + origin() + "; base-uri 'none'";
    }

    /**
     * The part of the page with the form, its button and its scripts.
     *
     * @param scriptNonce of the Content-Security-Policy header that the page is served with: letters, digits, {@code + / = - _}
     */
    public String html(Options options, String scriptNonce) {
        String check = integrity == null ? "" : " integrity=\"" + attribute(integrity) + "\" crossorigin=\"anonymous\"";
        String submit = options.storePermanently() == null ? "" : "{storePermanently: " + options.storePermanently() + "}";
        String token = options.token() == null ? "" : ", " + text(options.token());
        return """
                <div id="bezant-tokenization"></div>
                <form id="bezant-tokenization-form" method="post" action="%s">
                <input type="hidden" name="hostedTokenizationId" value="">
                <p id="bezant-tokenization-error" role="alert"></p>
                <button type="submit">%s</button>
                </form>
                <script src="%s"%s></script>
                <script nonce="%s">
                (function () {
                  var form = document.getElementById('bezant-tokenization-form');
                  var tokenizer = new Tokenizer(%s, 'bezant-tokenization', {hideCardholderName: %s}%s);
                  tokenizer.initialize();
                  form.addEventListener('submit', function (event) {
                    event.preventDefault();
                    tokenizer.submitTokenization(%s).then(function (result) {
                      if (result.success) {
                        form.elements.hostedTokenizationId.value = result.hostedTokenizationId;
                        form.submit();
                      } else {
                        document.getElementById('bezant-tokenization-error').textContent = result.error ? result.error.message : '';
                      }
                    });
                  });
                })();
                </script>
                """.formatted(attribute(options.action()), attribute(options.buttonLabel()), attribute(scriptUrl().toString()), check,
                nonce(scriptNonce), text(formUrl.toString()), options.hideCardholderName(), token, submit);
    }

    private String origin() {
        String port = formUrl.getPort() < 0 ? "" : ":" + formUrl.getPort();
        return formUrl.getScheme() + "://" + formUrl.getHost() + port;
    }

    private static String nonce(String scriptNonce) {
        if (!scriptNonce.matches("[A-Za-z0-9+/=_-]+")) {
            throw new IllegalArgumentException("a nonce consists of letters, digits, + / = - _");
        }
        return scriptNonce;
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** As a script's text, which can end neither itself nor the script. */
    private static String text(String text) {
        var escaped = new StringBuilder("'");
        text.chars().forEach(c -> {
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~:/?#=%, ".indexOf(c) >= 0)) {
                escaped.append((char) c);
            } else {
                escaped.append("\\u").append("%04x".formatted(c));
            }
        });
        return escaped.append('\'').toString();
    }

    /** The address is as good as the payer's session. */
    @Override
    public String toString() {
        return "HostedTokenizationPage[" + formUrl.getHost() + "]";
    }
}
