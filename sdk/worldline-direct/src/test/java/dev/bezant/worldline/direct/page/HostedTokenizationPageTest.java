package dev.bezant.worldline.direct.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.worldline.direct.model.CreateHostedTokenizationResponse;
import java.net.URI;
import org.junit.jupiter.api.Test;

class HostedTokenizationPageTest {
    private static final HostedTokenizationPage PAGE = HostedTokenizationPage.of(CreateHostedTokenizationResponse.builder()
            .hostedTokenizationId("0123").hostedTokenizationUrl("https://payment.preprod.example:8443/hostedtokenization/tokenize?x='%3C")
            .sri("sha384-abc").build()).orElseThrow();

    @Test
    void the_form_is_embedded_with_the_platforms_script() {
        assertThat(PAGE.html(HostedTokenizationPage.Options.of("/pay", "Pay now"), "n1")).isEqualTo("""
                <div id="bezant-tokenization"></div>
                <form id="bezant-tokenization-form" method="post" action="/pay">
                <input type="hidden" name="hostedTokenizationId" value="">
                <p id="bezant-tokenization-error" role="alert"></p>
                <button type="submit">Pay now</button>
                </form>
                <script src="https://payment.preprod.example:8443/hostedtokenization/js/client/tokenizer.min.js" integrity="sha384-abc" \
                crossorigin="anonymous"></script>
                <script nonce="n1">
                (function () {
                  var form = document.getElementById('bezant-tokenization-form');
                  var tokenizer = new Tokenizer('https://payment.preprod.example:8443/hostedtokenization/tokenize?x=\\u0027%3C', \
                'bezant-tokenization', {hideCardholderName: false});
                  tokenizer.initialize();
                  form.addEventListener('submit', function (event) {
                    event.preventDefault();
                    tokenizer.submitTokenization().then(function (result) {
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
                """);
        assertThat(PAGE.contentSecurityPolicy("n1")).isEqualTo(
                "script-src 'nonce-n1' https://payment.preprod.example:8443; frame-src https://payment.preprod.example:8443; base-uri 'none'");
    }

    @Test
    void nothing_given_can_break_out_of_its_place() {
        var options = new HostedTokenizationPage.Options("/pay\"><script>", "<b>&", "t'</script><script>alert(1)//\\", true, true);
        assertThat(PAGE.html(options, "n1")).contains("action=\"/pay&quot;&gt;&lt;script&gt;\"", ">&lt;b&gt;&amp;</button>",
                "{hideCardholderName: true}, 't\\u0027\\u003c/script\\u003e\\u003cscript\\u003ealert\\u00281\\u0029//\\u005c'",
                "submitTokenization({storePermanently: true})").doesNotContain("alert(1)");
        assertThatThrownBy(() -> PAGE.html(HostedTokenizationPage.Options.of("/", "x"), "n\"1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(PAGE + options.toString()).doesNotContain("tokenize?", "t'");
    }

    @Test
    void an_answer_with_the_rest_of_an_address_or_none() {
        var partial = CreateHostedTokenizationResponse.builder().partialRedirectUrl("preprod.example/hostedtokenization/1").build();
        var page = HostedTokenizationPage.of(partial).orElseThrow();
        assertThat(page.scriptUrl()).isEqualTo(URI.create("https://payment.preprod.example/hostedtokenization/js/client/tokenizer.min.js"));
        assertThat(page.html(HostedTokenizationPage.Options.of("/", "x"), "n")).doesNotContain("integrity");
        assertThat(HostedTokenizationPage.of(CreateHostedTokenizationResponse.builder().build())).isEmpty();
    }
}
