// Generated from docs/openapi.json by "npm run generate". Do not edit.

export interface paths {
    "/api/acceptances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_acceptances"];
        put?: never;
        post: operations["record_acceptance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/acceptances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_acceptance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/acceptances/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["revoke_acceptance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts by name. */
        get: operations["list_accounts"];
        put?: never;
        /** Create an account; its holder sets the password by the link in the answer. */
        post: operations["create_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account. */
        get: operations["get_account"];
        /** Change an account: name, roles, unit, whose it is. */
        put: operations["change_account"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an account: its sessions, tokens and links end at once. */
        post: operations["disable_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a closed account again; sessions and tokens stay ended. */
        post: operations["enable_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a link by which the holder sets a new password; also lifts a lock after failures. */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_assets"];
        put?: never;
        post: operations["register_asset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_asset"];
        put: operations["change_asset"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_contacts"];
        put?: never;
        post: operations["create_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_contact"];
        put: operations["change_contact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reveal_number"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_customers"];
        put?: never;
        post: operations["create_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_customer"];
        put: operations["change_customer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch a file by its digest. */
        get: operations["fetch_file"];
        /** Send a file, or the next range of it (`Content-Range: bytes 0-99/1000`); sending it again changes nothing. */
        put: operations["send_file"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow what happens, live (`text/event-stream`). */
        get: operations["follow_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what they may do. */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/language": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep the language with one's account, for mails and new devices. */
        put: operations["set_language"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's password: every session ends, this device goes on with a new one. */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's signed-in devices, newest first. */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign one of one's devices out. */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a password by a one-time link. Every session of the account ends; signing in follows as usual. */
        post: operations["use_password_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_products"];
        put?: never;
        post: operations["create_product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_product"];
        put: operations["change_product"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How strict sign-in is. */
        get: operations["get_security_settings"];
        /** Change how strict sign-in is; sessions that stand keep their limits. */
        put: operations["set_security_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in: the session comes as an HttpOnly cookie. Wrong login and wrong password are answered alike. */
        post: operations["sign_in"];
        /** Sign out: the session ends on the server, the cookie is taken back. Without a session there is nothing to end, and no error. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the system waits to be set up, and whose it is. */
        get: operations["setup_state"];
        put?: never;
        /** Set the system up with the token that the program printed; works once. */
        post: operations["set_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the links of the security and audit administrators again, as long as nobody has used them. */
        post: operations["reissue_invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_sites"];
        put?: never;
        post: operations["create_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_site"];
        put: operations["change_site"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens, newest first, revoked and ended ones too. */
        get: operations["list_tokens"];
        put?: never;
        /** Create a token; its secret is shown once. */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token: the next request with it is refused. */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Format: uuid */
        AcceptanceId: string;
        /** @description A signed acceptance. */
        AcceptanceView: {
            /**
             * Format: date
             * @description Day of acceptance.
             */
            accepted_on: string;
            /** @description SHA-256 that binds the signature to the document. */
            binding_sha256: string;
            /** @description Whose. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The document as signed: the text from which screen and print are drawn. */
            document: Record<string, never>;
            /** @description SHA-256 of the document's canonical text. */
            document_sha256: string;
            /** @description Id. */
            id: components["schemas"]["AcceptanceId"];
            /** @description `YS20261122-0001`. */
            number: string;
            revoked_at?: components["schemas"]["Ts"] | null;
            /** @description Why. */
            revoked_reason?: string | null;
            /** @description SHA-256 of the strokes' canonical text or of the picture. */
            signature_sha256: string;
            /** @description The strokes, unless the signature is a stored picture. */
            signature_strokes?: components["schemas"]["StrokePoint"][][] | null;
            /** @description When. */
            signed_at: components["schemas"]["Ts"];
            /** @description Who signed. */
            signed_by_name: string;
            /** @description Where. */
            site_id: components["schemas"]["SiteId"];
            /**
             * Format: int64
             * @description Version.
             */
            version: number;
        };
        /** @description When an engineer may enter a site, in the site's zone. */
        AccessHours: {
            /** @description Any time; then `weekly` is empty. */
            always: boolean;
            /** @description What else to know: register at the gate, bring the badge. */
            note?: string | null;
            /** @description Open spans of the week. */
            weekly?: components["schemas"]["AccessSpan"][];
        };
        /** @description A span of some days of the week. */
        AccessSpan: {
            /** @description Days, 1 Monday to 7 Sunday. */
            days: number[];
            /** @description `HH:MM`. */
            from: string;
            /** @description `HH:MM`, after `from`; `24:00` is the end of the day. */
            to: string;
        };
        /** @description A new account and the link for its holder. */
        AccountCreated: {
            /** @description The account. */
            account: components["schemas"]["AccountView"];
            invitation?: components["schemas"]["Invitation"] | null;
        };
        /** Format: uuid */
        AccountId: string;
        /**
         * @description Whether somebody can sign in with an account.
         * @enum {string}
         */
        AccountState: "active" | "invited" | "disabled";
        /** @description An account as an administrator sees it. */
        AccountView: {
            /** @description The contact behind a customer's account. */
            contact_id?: string | null;
            /** @description When it was made. */
            created_at: components["schemas"]["Ts"];
            /** @description The customer whose contact this is. */
            customer_id?: string | null;
            disabled_at?: components["schemas"]["Ts"] | null;
            /** @description The employee behind the account. */
            employee_id?: string | null;
            /** @description Its id. */
            id: components["schemas"]["AccountId"];
            /** @description The language they read. */
            language: components["schemas"]["Lang"];
            /** @description Login name. */
            login: string;
            /** @description Name on screen. */
            name: string;
            password_changed_at?: components["schemas"]["Ts"] | null;
            /** @description Roles. */
            roles: components["schemas"]["Role"][];
            /** @description Whether they can sign in. */
            state: components["schemas"]["AccountState"];
            /** @description The unit the person works in. */
            unit_id?: string | null;
            /**
             * Format: int64
             * @description Its version, for `If-Match`.
             */
            version: number;
        };
        /** Format: uuid */
        AssetId: string;
        /** @description An asset to register, or all that can be changed of one. The day of acceptance isn't here: only a signed acceptance sets it (P28). */
        AssetInput: {
            /** @description Whether parts of other makers are built in: an exclusion may rest on it. */
            foreign_components?: boolean;
            parent_asset_id?: components["schemas"]["AssetId"] | null;
            /** @description What it is. */
            product_id: components["schemas"]["ProductId"];
            /** @description Serial, unique within the product. */
            serial: string;
            /** @description Where it stands. */
            site_id: components["schemas"]["SiteId"];
            /** @description Installed software. */
            software_version?: string | null;
        };
        /** @description An asset as it is shown, and as other domains ask for it. */
        AssetView: {
            acceptance_id?: components["schemas"]["AcceptanceId"] | null;
            /**
             * Format: date
             * @description The day the customer accepted it: start of the warranty (P28).
             */
            accepted_on?: string | null;
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description Whose it is. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The customer's name. */
            customer_name: string;
            /** @description Division of the site. */
            division_code?: string | null;
            /** @description Whether parts of other makers are built in. */
            foreign_components: boolean;
            /** @description Id. */
            id: components["schemas"]["AssetId"];
            /** @description What its QR plate says. */
            label: string;
            parent_asset_id?: components["schemas"]["AssetId"] | null;
            /** @description That system's serial. */
            parent_serial?: string | null;
            /** @description What it is. */
            product: components["schemas"]["ProductName"];
            /** @description Serial. */
            serial: string;
            /** @description Where it stands. */
            site_id: components["schemas"]["SiteId"];
            /** @description The site's name. */
            site_name: string;
            /** @description Installed software. */
            software_version?: string | null;
            /** @description Who looks after it. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description A text of the catalogue data (clauses, checklists, symptoms): a missing `en` falls back to Chinese with a mark. */
        Both: {
            /** @description English, if somebody has written it. */
            en?: string;
            /** @description Simplified Chinese. */
            zh_cn: string;
        };
        /** @description What may change of an account; the login stays. */
        ChangeAccount: {
            /** @description The contact behind a customer's account. */
            contact_id?: string | null;
            /** @description A customer's contact needs one. */
            customer_id?: string | null;
            /** @description Engineers need one. */
            employee_id?: string | null;
            /** @description The language they read. */
            language: components["schemas"]["Lang"];
            /** @description Name on screen, 1 to 80 characters. */
            name: string;
            /** @description At least one. Other roles end the account's sessions. */
            roles: components["schemas"]["Role"][];
            /** @description Staff need one. */
            unit_id?: string | null;
        };
        /** @description What changing one's password takes. */
        ChangePassword: {
            /**
             * Format: password
             * @description The present one.
             */
            current_password: string;
            /**
             * Format: password
             * @description The new one.
             */
            password: string;
        };
        /** @description All that can be changed of a contact. */
        ContactChange: {
            /** @description A new address; unchanged if absent. */
            email?: string | null;
            /** @description The language the person reads. */
            lang?: components["schemas"]["Lang"];
            /** @description May be empty. */
            name?: string;
            /** @description A new number; unchanged if absent, because a view only has the masked one. */
            phone?: string | null;
            /** @description What the person is there. */
            role?: string;
            site_id?: components["schemas"]["SiteId"] | null;
        };
        /** Format: uuid */
        ContactId: string;
        /** @description A contact, number and address masked. */
        ContactView: {
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description Whose contact. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description `w***@example.cn`. */
            email_masked?: string | null;
            /** @description Id. */
            id: components["schemas"]["ContactId"];
            /** @description The language the person reads. */
            lang: components["schemas"]["Lang"];
            /** @description May be empty. */
            name: string;
            /** @description `138****1234`. */
            phone_masked?: string | null;
            /** @description What the person is there. */
            role: string;
            site_id?: components["schemas"]["SiteId"] | null;
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description A new account. */
        CreateAccount: {
            /** @description The contact behind a customer's account. */
            contact_id?: string | null;
            /** @description A customer's contact needs one. */
            customer_id?: string | null;
            /** @description Engineers need one. */
            employee_id?: string | null;
            /** @description Whether to make a link for the password. Accounts for programs (by token) need none. */
            invite?: boolean;
            /** @description The language they read; Chinese unless given. */
            language?: components["schemas"]["Lang"];
            /** @description 2 to 64 letters, digits, dots, dashes, underscores or @; kept in lower case. */
            login: string;
            /** @description Name on screen, 1 to 80 characters. */
            name: string;
            /** @description At least one. */
            roles: components["schemas"]["Role"][];
            /** @description Staff need one. */
            unit_id?: string | null;
        };
        /** @description A new token. */
        CreateToken: {
            /** @description The account it acts as; best one of its own for each program. */
            account_id: components["schemas"]["AccountId"];
            expires_at?: components["schemas"]["Ts"] | null;
            /** @description What it is for, 1 to 80 characters. */
            name: string;
            /** @description Permissions it is limited to, at least one, of those the account holds. */
            scopes: string[];
        };
        /** Format: uuid */
        CustomerId: string;
        /** @description A new customer, or all that can be changed of one. */
        CustomerInput: {
            /** @description Who pays, if it isn't the customer. */
            billing_party?: string | null;
            /** @description 1 to 200 characters. */
            name: string;
            unit_id?: components["schemas"]["UnitId"] | null;
            /** @description None unless said. */
            vip_level?: components["schemas"]["VipLevel"];
        };
        /** @description What a customer has, on one page. */
        CustomerPage: components["schemas"]["CustomerView"] & {
            /** @description Its contacts within reach, at most 200. */
            contacts: components["schemas"]["ContactView"][];
            /** @description Its sites within reach, at most 200. */
            site_list: components["schemas"]["Site"][];
        };
        /** @description A customer as the desk sees it. */
        CustomerView: {
            /** @description Who pays, if it isn't the customer. */
            billing_party?: string | null;
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description When it came. */
            created_at: components["schemas"]["Ts"];
            /** @description Id. */
            id: components["schemas"]["CustomerId"];
            /** @description Name. */
            name: string;
            /** @description `KH20261122-0001`. */
            number: string;
            /**
             * Format: int64
             * @description How many sites.
             */
            sites: number;
            /** @description The owning unit. */
            unit: components["schemas"]["UnitName"];
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
            /** @description VIP level. */
            vip_level: components["schemas"]["VipLevel"];
        };
        /** @description What has arrived of a file. */
        FileProgress: {
            /** @description Whether all of it is here. */
            complete: boolean;
            /**
             * Format: int64
             * @description Bytes so far.
             */
            received: number;
            /** @description SHA-256 in hexadecimal digits. */
            sha256: string;
        };
        /** @description A link by which somebody sets their password: shown once, single use, 60 minutes. */
        Invitation: {
            /** @description Whose. */
            account_id: components["schemas"]["AccountId"];
            /** @description Until when. */
            expires_at: components["schemas"]["Ts"];
            /**
             * @description The link under the configured base URL; its secret stands behind `#`, which no server or log sees. Absent in a
             *     repeated answer: secrets aren't kept.
             */
            link?: string | null;
            /** @description Their login. */
            login: string;
        };
        /** @description The links that were made again. */
        Invitations: {
            /** @description Shown once. */
            invitations: components["schemas"]["Invitation"][];
        };
        /**
         * @description The languages the product speaks.
         * @enum {string}
         */
        Lang: "zh-CN" | "en";
        /** @description The language somebody reads. */
        Language: {
            /** @description `zh-CN` or `en`. */
            language: components["schemas"]["Lang"];
        };
        /** @description Who is signed in, and what they may do. */
        Me: {
            /** @description The customer whose contact this is. */
            customer_id?: string | null;
            /** @description Whether demo data stands here. */
            demo: boolean;
            /** @description The employee behind the account. */
            employee_id?: string | null;
            /** @description The account. */
            id: components["schemas"]["AccountId"];
            /** @description The language kept with the account. */
            language: components["schemas"]["Lang"];
            /** @description Login name. */
            login: string;
            /** @description Name on screen. */
            name: string;
            /** @description The server's time. */
            now: components["schemas"]["Ts"];
            /** @description The permissions that the roles give, sorted. */
            permissions: string[];
            /** @description Roles. */
            roles: components["schemas"]["Role"][];
            unit?: components["schemas"]["MeUnit"] | null;
            /** @description IANA zone in which times are shown: the unit's, else the company's. */
            zone: string;
        };
        /** @description The unit somebody works in. */
        MeUnit: {
            /** @description Its id. */
            id: string;
            /** @description Its name, in the reader's language. */
            name: string;
        };
        /** @description The customer's signed acceptance of assets. */
        NewAcceptance: {
            /**
             * Format: date
             * @description The day of acceptance at the site, not in the future.
             */
            accepted_on: string;
            /** @description What, 1 to 200 assets at the site. */
            asset_ids: components["schemas"]["AssetId"][];
            /** @description The signature. */
            signature: components["schemas"]["SignatureInput"];
            /** @description Who signed for the customer. */
            signed_by_name: string;
            /** @description Where. */
            site_id: components["schemas"]["SiteId"];
        };
        /** @description A new contact. */
        NewContact: {
            /** @description Whose contact. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description E-mail address. */
            email?: string | null;
            /** @description The language the person reads; Chinese unless said. */
            lang?: components["schemas"]["Lang"];
            /** @description May be empty: a caller can be known by number alone. */
            name?: string;
            /** @description In any format; an extension may follow. */
            phone?: string | null;
            /** @description What the person is there: 项目经理, 值班室. */
            role?: string;
            site_id?: components["schemas"]["SiteId"] | null;
        };
        /** @description A new site of a customer. */
        NewSite: {
            /** @description Any time unless said. */
            access_hours?: components["schemas"]["AccessHours"];
            /** @description Street, building, entrance, box. */
            address: string;
            /** @description Whose it is. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description Code of the division (county); none outside the list. */
            division_code?: string | null;
            /** @description 1 to 200 characters. */
            name: string;
            point?: components["schemas"]["Point"] | null;
            unit_id?: components["schemas"]["UnitId"] | null;
            /** @description IANA zone; `Asia/Shanghai` unless said. */
            zone?: string | null;
        };
        /** @description One page of a list. */
        Page_AcceptanceView: {
            /** @description The rows. */
            items: {
                /**
                 * Format: date
                 * @description Day of acceptance.
                 */
                accepted_on: string;
                /** @description SHA-256 that binds the signature to the document. */
                binding_sha256: string;
                /** @description Whose. */
                customer_id: components["schemas"]["CustomerId"];
                /** @description The document as signed: the text from which screen and print are drawn. */
                document: Record<string, never>;
                /** @description SHA-256 of the document's canonical text. */
                document_sha256: string;
                /** @description Id. */
                id: components["schemas"]["AcceptanceId"];
                /** @description `YS20261122-0001`. */
                number: string;
                revoked_at?: components["schemas"]["Ts"] | null;
                /** @description Why. */
                revoked_reason?: string | null;
                /** @description SHA-256 of the strokes' canonical text or of the picture. */
                signature_sha256: string;
                /** @description The strokes, unless the signature is a stored picture. */
                signature_strokes?: components["schemas"]["StrokePoint"][][] | null;
                /** @description When. */
                signed_at: components["schemas"]["Ts"];
                /** @description Who signed. */
                signed_by_name: string;
                /** @description Where. */
                site_id: components["schemas"]["SiteId"];
                /**
                 * Format: int64
                 * @description Version.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_AccountView: {
            /** @description The rows. */
            items: {
                /** @description The contact behind a customer's account. */
                contact_id?: string | null;
                /** @description When it was made. */
                created_at: components["schemas"]["Ts"];
                /** @description The customer whose contact this is. */
                customer_id?: string | null;
                disabled_at?: components["schemas"]["Ts"] | null;
                /** @description The employee behind the account. */
                employee_id?: string | null;
                /** @description Its id. */
                id: components["schemas"]["AccountId"];
                /** @description The language they read. */
                language: components["schemas"]["Lang"];
                /** @description Login name. */
                login: string;
                /** @description Name on screen. */
                name: string;
                password_changed_at?: components["schemas"]["Ts"] | null;
                /** @description Roles. */
                roles: components["schemas"]["Role"][];
                /** @description Whether they can sign in. */
                state: components["schemas"]["AccountState"];
                /** @description The unit the person works in. */
                unit_id?: string | null;
                /**
                 * Format: int64
                 * @description Its version, for `If-Match`.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_AssetView: {
            /** @description The rows. */
            items: {
                acceptance_id?: components["schemas"]["AcceptanceId"] | null;
                /**
                 * Format: date
                 * @description The day the customer accepted it: start of the warranty (P28).
                 */
                accepted_on?: string | null;
                /** @description Last change. */
                changed_at: components["schemas"]["Ts"];
                /** @description Whose it is. */
                customer_id: components["schemas"]["CustomerId"];
                /** @description The customer's name. */
                customer_name: string;
                /** @description Division of the site. */
                division_code?: string | null;
                /** @description Whether parts of other makers are built in. */
                foreign_components: boolean;
                /** @description Id. */
                id: components["schemas"]["AssetId"];
                /** @description What its QR plate says. */
                label: string;
                parent_asset_id?: components["schemas"]["AssetId"] | null;
                /** @description That system's serial. */
                parent_serial?: string | null;
                /** @description What it is. */
                product: components["schemas"]["ProductName"];
                /** @description Serial. */
                serial: string;
                /** @description Where it stands. */
                site_id: components["schemas"]["SiteId"];
                /** @description The site's name. */
                site_name: string;
                /** @description Installed software. */
                software_version?: string | null;
                /** @description Who looks after it. */
                unit_id: components["schemas"]["UnitId"];
                /**
                 * Format: int64
                 * @description Version, for `If-Match`.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ContactView: {
            /** @description The rows. */
            items: {
                /** @description Last change. */
                changed_at: components["schemas"]["Ts"];
                /** @description Whose contact. */
                customer_id: components["schemas"]["CustomerId"];
                /** @description `w***@example.cn`. */
                email_masked?: string | null;
                /** @description Id. */
                id: components["schemas"]["ContactId"];
                /** @description The language the person reads. */
                lang: components["schemas"]["Lang"];
                /** @description May be empty. */
                name: string;
                /** @description `138****1234`. */
                phone_masked?: string | null;
                /** @description What the person is there. */
                role: string;
                site_id?: components["schemas"]["SiteId"] | null;
                /**
                 * Format: int64
                 * @description Version, for `If-Match`.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_CustomerView: {
            /** @description The rows. */
            items: {
                /** @description Who pays, if it isn't the customer. */
                billing_party?: string | null;
                /** @description Last change. */
                changed_at: components["schemas"]["Ts"];
                /** @description When it came. */
                created_at: components["schemas"]["Ts"];
                /** @description Id. */
                id: components["schemas"]["CustomerId"];
                /** @description Name. */
                name: string;
                /** @description `KH20261122-0001`. */
                number: string;
                /**
                 * Format: int64
                 * @description How many sites.
                 */
                sites: number;
                /** @description The owning unit. */
                unit: components["schemas"]["UnitName"];
                /**
                 * Format: int64
                 * @description Version, for `If-Match`.
                 */
                version: number;
                /** @description VIP level. */
                vip_level: components["schemas"]["VipLevel"];
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ProductView: {
            /** @description The rows. */
            items: {
                /** @description Whether new assets of it can be registered. */
                active: boolean;
                /** @description Last change. */
                changed_at: components["schemas"]["Ts"];
                /** @description Id. */
                id: components["schemas"]["ProductId"];
                /** @description Code of the skill an engineer needs. */
                kind: string;
                /** @description Model. */
                model: string;
                /** @description Version of the model. */
                model_version: string;
                /** @description Name in both languages. */
                name: components["schemas"]["Both"];
                /**
                 * Format: int64
                 * @description Version, for `If-Match`.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_Site: {
            /** @description The rows. */
            items: {
                /** @description When an engineer may enter. */
                access_hours: components["schemas"]["AccessHours"];
                /** @description Street, building, entrance. */
                address: string;
                /** @description Last change. */
                changed_at: components["schemas"]["Ts"];
                /** @description Whose it is. */
                customer_id: components["schemas"]["CustomerId"];
                /** @description The customer's name. */
                customer_name: string;
                /** @description Division code; none outside the list. */
                division_code?: string | null;
                /** @description Id. */
                id: components["schemas"]["SiteId"];
                /** @description Name. */
                name: string;
                point?: components["schemas"]["Point"] | null;
                /** @description Who looks after it. */
                unit: components["schemas"]["UnitName"];
                /**
                 * Format: int64
                 * @description Version, for `If-Match`.
                 */
                version: number;
                /** @description The customer's VIP level. */
                vip_level: components["schemas"]["VipLevel"];
                /** @description IANA zone. */
                zone: string;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_TokenView: {
            /** @description The rows. */
            items: {
                /** @description The account it acts as. */
                account_id: components["schemas"]["AccountId"];
                /** @description When it was made. */
                created_at: components["schemas"]["Ts"];
                /** @description When it ends. */
                expires_at: components["schemas"]["Ts"];
                /** @description Its id; not the secret. */
                id: components["schemas"]["TokenId"];
                last_used_at?: components["schemas"]["Ts"] | null;
                /** @description Who made it. */
                made_by: components["schemas"]["AccountId"];
                /** @description What it is for. */
                name: string;
                revoked_at?: components["schemas"]["Ts"] | null;
                /** @description The permissions it is limited to. */
                scopes: string[];
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description A point in WGS-84. */
        Point: {
            /**
             * Format: double
             * @description Latitude in degrees, north positive.
             */
            lat: number;
            /**
             * Format: double
             * @description Longitude in degrees, east positive.
             */
            lon: number;
        };
        /** @description An error answer (`application/problem+json`): what happened, why, and how to mend it. */
        Problem: {
            /** @description Stable code. */
            code: string;
            /** @description What to do. */
            cure?: string | null;
            /** @description What stands now, where that helps to decide. */
            current?: Record<string, never> | null;
            /** @description Why, with values. */
            detail?: string | null;
            /** @description The fields at fault. */
            errors?: components["schemas"]["ProblemField"][];
            /**
             * Format: int32
             * @description HTTP status.
             */
            status: number;
            /** @description What happened, in the reader's language. */
            title: string;
            /** @description `/errors#<code>`: where the code is described. */
            type: string;
        };
        /** @description A field at fault. */
        ProblemField: {
            /** @description Stable code. */
            code: string;
            /** @description What is wrong with it, in the reader's language. */
            detail: string;
            /** @description JSON pointer. */
            pointer: string;
        };
        /** Format: uuid */
        ProductId: string;
        /** @description A product, or all that can be changed of one. */
        ProductInput: {
            /** @description Whether new assets of it can be registered; yes unless said. */
            active?: boolean;
            /** @description Code of the skill an engineer needs: `barrier`, `access_control`, `turnstile`, `software`, `network` … */
            kind: string;
            /** @description Model, 1 to 100 characters. */
            model: string;
            /** @description Version of the model; empty if there is only one. */
            model_version?: string;
            /** @description Name in both languages. */
            name: components["schemas"]["Both"];
        };
        /** @description The product of an asset, in short. */
        ProductName: {
            /** @description Id. */
            id: components["schemas"]["ProductId"];
            /** @description Code of the skill an engineer needs. */
            kind: string;
            /** @description Model. */
            model: string;
            /** @description Version of the model. */
            model_version: string;
            /** @description Name in both languages. */
            name: components["schemas"]["Both"];
        };
        /** @description A product of the catalogue. */
        ProductView: {
            /** @description Whether new assets of it can be registered. */
            active: boolean;
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description Id. */
            id: components["schemas"]["ProductId"];
            /** @description Code of the skill an engineer needs. */
            kind: string;
            /** @description Model. */
            model: string;
            /** @description Version of the model. */
            model_version: string;
            /** @description Name in both languages. */
            name: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description Why a masked number is asked for. */
        Reveal: {
            /** @description At least four characters; stands in the audit event. */
            reason: string;
        };
        /** @description A number, answered once. */
        Revealed: {
            /** @description Whose. */
            contact_id: components["schemas"]["ContactId"];
            /** @description As dialled in mainland China. */
            dial: string;
            /** @description The extension behind it. */
            extension?: string | null;
            /**
             * Format: int64
             * @description How many more this account may see today.
             */
            left_today: number;
            /** @description `+8613812341234`. */
            phone_e164: string;
        };
        /** @description Why an acceptance no longer counts. */
        RevokeAcceptance: {
            /** @description At least four characters. */
            reason: string;
        };
        /**
         * @description A role an account can hold.
         * @enum {string}
         */
        Role: "hotline_agent" | "expert" | "dispatcher" | "engineer" | "parts_clerk" | "depot_technician" | "trainer" | "follow_up_agent" | "branch_manager" | "finance_clerk" | "system_admin" | "security_admin" | "audit_admin" | "customer_contact";
        /** @description Limits of passwords, failures and sessions. */
        SecuritySettings: {
            /**
             * Format: int64
             * @description Failures after which an address is locked, 10 to 10000.
             */
            address_failures: number;
            /**
             * Format: int64
             * @description Minutes a session at a desk may rest, 10 to 1440.
             */
            desk_idle_minutes: number;
            /**
             * Format: int64
             * @description Hours a session at a desk lasts at most, 1 to 720.
             */
            desk_session_hours: number;
            /**
             * Format: int64
             * @description Days an engineer's session lasts and may rest at most, 1 to 90: phones stay offline for days.
             */
            field_session_days: number;
            /**
             * Format: int64
             * @description Minutes a lock lasts, 5 to 1440; failures older than that are forgotten.
             */
            lock_minutes: number;
            /**
             * Format: int64
             * @description Failures after which a login is locked, 3 to 20.
             */
            login_failures: number;
            /**
             * Format: int64
             * @description Characters of a password at least, 8 to 64.
             */
            password_min: number;
        };
        /** Format: uuid */
        SessionId: string;
        /** @description A signed-in device. */
        SessionView: {
            /** @description The address it signed in from. */
            address: string;
            /** @description When it signed in. */
            created_at: components["schemas"]["Ts"];
            /** @description Whether this is the device that asks. */
            current: boolean;
            /** @description What it calls itself: `Chrome · Windows`. */
            device: string;
            /** @description When it ends at the latest. */
            expires_at: components["schemas"]["Ts"];
            /** @description Its id; not the secret. */
            id: components["schemas"]["SessionId"];
            /** @description When it was last used, to five minutes. */
            last_seen_at: components["schemas"]["Ts"];
        };
        /** @description What set-up asks for. */
        SetUp: {
            /** @description Login of the system administrator. */
            admin_login: string;
            /** @description Their name. */
            admin_name: string;
            /** @description Login of the audit administrator; `audit` unless given. */
            audit_login?: string | null;
            /** @description As on service orders, 1 to 120 characters. */
            company_name: string;
            /** @description Whether to load the demo data. */
            demo?: boolean;
            /** @description Their password. */
            password: string;
            /** @description Login of the security administrator; `security` unless given. */
            security_login?: string | null;
            /** @description From the link that the program printed. */
            token: string;
            /** @description IANA zone of the company. */
            zone: string;
        };
        /** @description The system as set up. */
        SetUpDone: {
            /** @description Links for the security and the audit administrator, shown once: to be handed to two other people. */
            invitations: components["schemas"]["Invitation"][];
            /** @description The system administrator, signed in by the cookie of this answer. */
            me: components["schemas"]["Me"];
        };
        /** @description What anybody may know before signing in. */
        SetupState: {
            /** @description Whose system it is, for the sign-in page. */
            company_name?: string | null;
            /** @description Whether demo data stands here. */
            demo: boolean;
            /** @description Whether the system waits to be set up. */
            needed: boolean;
        };
        /** @description What signing in takes. */
        SignIn: {
            /** @description Login name, in any case. */
            login: string;
            /**
             * Format: password
             * @description Password.
             */
            password: string;
        };
        /** @description A signature: strokes as drawn, or a picture stored before by its SHA-256. */
        SignatureInput: {
            /** @description SHA-256 of a stored picture. */
            file_sha256?: string | null;
            /** @description Strokes in order. */
            strokes?: components["schemas"]["StrokePoint"][][] | null;
        };
        /** @description A site: also what other domains ask for. */
        Site: {
            /** @description When an engineer may enter. */
            access_hours: components["schemas"]["AccessHours"];
            /** @description Street, building, entrance. */
            address: string;
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description Whose it is. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The customer's name. */
            customer_name: string;
            /** @description Division code; none outside the list. */
            division_code?: string | null;
            /** @description Id. */
            id: components["schemas"]["SiteId"];
            /** @description Name. */
            name: string;
            point?: components["schemas"]["Point"] | null;
            /** @description Who looks after it. */
            unit: components["schemas"]["UnitName"];
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
            /** @description The customer's VIP level. */
            vip_level: components["schemas"]["VipLevel"];
            /** @description IANA zone. */
            zone: string;
        };
        /** Format: uuid */
        SiteId: string;
        /** @description A new site, or all that can be changed of one. */
        SiteInput: {
            /** @description Any time unless said. */
            access_hours?: components["schemas"]["AccessHours"];
            /** @description Street, building, entrance, box. */
            address: string;
            /** @description Code of the division (county); none outside the list. */
            division_code?: string | null;
            /** @description 1 to 200 characters. */
            name: string;
            point?: components["schemas"]["Point"] | null;
            unit_id?: components["schemas"]["UnitId"] | null;
            /** @description IANA zone; `Asia/Shanghai` unless said. */
            zone?: string | null;
        };
        /** @description A site with its customer, contacts (masked) and assets: what the desk sees beside a report. */
        SiteView: components["schemas"]["Site"] & {
            /** @description What stands there, by serial; at most 500. */
            assets: components["schemas"]["AssetView"][];
            /** @description Contacts of the site, and those of the customer in general. */
            contacts: components["schemas"]["ContactView"][];
        };
        /** @description A point of a signature. */
        StrokePoint: {
            /**
             * Format: int32
             * @description Milliseconds since the first point.
             */
            t_ms: number;
            /**
             * Format: int32
             * @description Pixels from the left, 0 to 4096.
             */
            x: number;
            /**
             * Format: int32
             * @description Pixels from the top, 0 to 4096.
             */
            y: number;
        };
        /** @description A new token with its secret. */
        TokenCreated: {
            /** @description What to send as `Authorization: Bearer …`; shown once, absent in a repeated answer. */
            secret?: string | null;
            /** @description The token. */
            token: components["schemas"]["TokenView"];
        };
        /** Format: uuid */
        TokenId: string;
        /** @description An API token. */
        TokenView: {
            /** @description The account it acts as. */
            account_id: components["schemas"]["AccountId"];
            /** @description When it was made. */
            created_at: components["schemas"]["Ts"];
            /** @description When it ends. */
            expires_at: components["schemas"]["Ts"];
            /** @description Its id; not the secret. */
            id: components["schemas"]["TokenId"];
            last_used_at?: components["schemas"]["Ts"] | null;
            /** @description Who made it. */
            made_by: components["schemas"]["AccountId"];
            /** @description What it is for. */
            name: string;
            revoked_at?: components["schemas"]["Ts"] | null;
            /** @description The permissions it is limited to. */
            scopes: string[];
        };
        /**
         * Format: date-time
         * @description Instant in UTC, RFC 3339
         */
        Ts: string;
        /** Format: uuid */
        UnitId: string;
        /** @description A unit by name. */
        UnitName: {
            /** @description Its id. */
            id: components["schemas"]["UnitId"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
        };
        /** @description What setting a password by a link takes. */
        UsePasswordLink: {
            /**
             * Format: password
             * @description The new password.
             */
            password: string;
            /** @description What stands behind `#` in the link. */
            token: string;
        };
        /**
         * @description How much a customer is cared for; it adds to severity, never replaces it.
         * @enum {string}
         */
        VipLevel: "none" | "silver" | "gold" | "platinum";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_acceptances: {
        parameters: {
            query?: {
                /** @description Only of this site. */
                site_id?: components["schemas"]["SiteId"];
                /** @description Only those that cover this asset. */
                asset_id?: components["schemas"]["AssetId"];
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AcceptanceView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    record_acceptance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAcceptance"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptanceView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_acceptance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AcceptanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptanceView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_acceptance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AcceptanceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeAcceptance"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptanceView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_accounts: {
        parameters: {
            query?: {
                /** @description Start of the login or name. */
                q?: string;
                /** @description Only holders of this role. */
                role?: components["schemas"]["Role"];
                /** @description Only of this unit itself. */
                unit_id?: string;
                /** @description Only in this state. */
                state?: components["schemas"]["AccountState"];
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AccountView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAccount"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountCreated"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAccount"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disable_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enable_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_assets: {
        parameters: {
            query?: {
                /** @description A serial or its last characters, or the text of a QR plate. */
                q?: string;
                /** @description Only at this site. */
                site_id?: components["schemas"]["SiteId"];
                /** @description Only of this customer. */
                customer_id?: components["schemas"]["CustomerId"];
                /** @description Only of this product. */
                product_id?: components["schemas"]["ProductId"];
                /** @description Only assets of this unit itself. */
                unit_id?: components["schemas"]["UnitId"];
                /** @description Only those with (or without) a signed acceptance. */
                accepted?: boolean;
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AssetView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register_asset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssetInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AssetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AssetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssetInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                /** @description Only this customer's. */
                customer_id?: components["schemas"]["CustomerId"];
                /** @description Only of this site, and those of its customer that belong to no site. */
                site_id?: components["schemas"]["SiteId"];
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ContactView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reveal_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reveal"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_customers: {
        parameters: {
            query?: {
                /** @description A name, initials or number, as in the look-up box. */
                q?: string;
                /** @description Only this level. */
                vip_level?: components["schemas"]["VipLevel"];
                /** @description Only customers of this unit itself. */
                unit_id?: components["schemas"]["UnitId"];
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CustomerView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_customer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPage"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetch_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_file: {
        parameters: {
            query?: never;
            header?: {
                "Content-Range"?: string | null;
            };
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileProgress"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileProgress"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_live: {
        parameters: {
            query?: {
                /** @description Events after this number; from now on unless given. `Last-Event-ID` wins. */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_language: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Language"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Language"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"][];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_password_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UsePasswordLink"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_products: {
        parameters: {
            query?: {
                /** @description Models that begin like this. */
                model?: string;
                /** @description Only those that need this skill. */
                kind?: string;
                /** @description Only those that can (or can no longer) be registered. */
                active?: boolean;
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ProductView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_product: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_product: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_product: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ProductId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_security_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecuritySettings"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_security_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecuritySettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecuritySettings"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setup_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetUpDone"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reissue_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitations"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sites: {
        parameters: {
            query?: {
                /** @description A name or initials, as in the look-up box. */
                q?: string;
                /** @description Only this customer's. */
                customer_id?: components["schemas"]["CustomerId"];
                /** @description Only sites of this unit itself. */
                unit_id?: components["schemas"]["UnitId"];
                /** @description Only in this division: a county's code, or the first 2 or 4 digits for a province or city. */
                division_code?: string;
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Site"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_site: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSite"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SiteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SiteId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: {
                /** @description Only of this account. */
                account_id?: components["schemas"]["AccountId"];
                /** @description Rows on the page, 1 to 200; 50 unless given. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_TokenView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenCreated"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenView"];
                };
            };
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
