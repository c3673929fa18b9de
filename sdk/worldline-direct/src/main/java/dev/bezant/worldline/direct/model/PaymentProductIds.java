package dev.bezant.worldline.direct.model;

/**
 * The known ways to pay. The list is open: which of them an account has, the products call tells.
 *
 * @see "docs/protocols/worldline-direct.md, section 2.2"
 */
public final class PaymentProductIds {
    public static final int VISA = 1;
    public static final int AMERICAN_EXPRESS = 2;
    public static final int MASTERCARD = 3;
    public static final int BANK_TRANSFER = 11;
    public static final int UNIONPAY = 56;
    public static final int MAESTRO = 117;
    public static final int JCB = 125;
    public static final int DISCOVER = 128;
    public static final int CARTES_BANCAIRES = 130;
    public static final int DINERS_CLUB = 132;
    public static final int APPLE_PAY = 302;
    public static final int GOOGLE_PAY = 320;
    public static final int SWISH = 350;
    public static final int SEPA_DIRECT_DEBIT = 771;
    public static final int IDEAL = 809;
    public static final int PAYPAL = 840;
    public static final int BANCONTACT = 3012;
    public static final int PRZELEWY24 = 3124;
    public static final int POSTFINANCE_PAY = 3203;
    public static final int BLIK = 3204;
    public static final int KLARNA_PAY_NOW = 3301;
    public static final int KLARNA_PAY_LATER = 3302;
    public static final int BIZUM = 5001;
    public static final int WECHAT_PAY = 5404;
    public static final int ALIPAY_PLUS = 5405;
    public static final int EPS = 5406;
    public static final int TWINT = 5407;
    public static final int ACCOUNT_TO_ACCOUNT = 5408;
    public static final int MULTIBANCO = 5500;
    public static final int MB_WAY = 5908;

    private PaymentProductIds() {}
}
