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
    "/api/acceptances/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The certificate of a signed acceptance as a PDF (P28). */
        get: operations["acceptance_pdf"];
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
    "/api/accounts/{id}/reset-second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take away the second factor of somebody who has lost it; every session of theirs ends. */
        post: operations["reset_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Service agreements, those that end first at the top. */
        get: operations["agreements"];
        put?: never;
        /** Draft a service agreement (P29). */
        post: operations["create_agreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agreements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One service agreement. */
        get: operations["agreement"];
        /** Rewrite a draft. */
        put: operations["edit_agreement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agreements/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft the renewal: from the day after the old end (P29). */
        post: operations["renew_agreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agreements/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a suspension. */
        post: operations["resume_agreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agreements/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that both sides signed. */
        post: operations["sign_agreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agreements/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend cover for some days. */
        post: operations["suspend_agreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agreements/{id}/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an agreement before its time. */
        post: operations["terminate_agreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody has to look at now, where I am the one who was told (P11). */
        get: operations["my_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an alert: nobody else is told of it any more (P11). Answers what is left. */
        post: operations["acknowledge_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/asset-labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Labels for assets within reach as a PDF: a sheet of labels, or one per page for a label printer. The QR code on each opens the
         *     page where a fault of its device is reported; a device that has no code yet gets one.
         */
        post: operations["print_asset_labels"];
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
    "/api/assets/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log. */
        get: operations["export_assets"];
        put?: never;
        post?: never;
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
    "/api/assets/{id}/label": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The QR code of a device's label. */
        get: operations["show_asset_label"];
        put?: never;
        /** Make the code of a label; where one is in use it is revoked, with the reason. */
        post: operations["make_asset_label"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/assets/{id}/label/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke the code of a label. */
        post: operations["revoke_asset_label"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events for the audit, newest first. An auditor whose account has a unit sees those of that unit and below. */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the events of a filter out as a CSV file; that is an event too. */
        post: operations["export_audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/badge/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** "Is this person sent by you today?" (P66). */
        get: operations["badge_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/badge/{code}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The photo of somebody who is sent today (P66). */
        get: operations["badge_photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Engineers, visits and unscheduled work orders of a span, for list, timeline and map. */
        get: operations["show_board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units for which plans can be kept, with what becomes of them by themselves. */
        get: operations["list_planning_areas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board/areas/{unit}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what becomes of the plan of a unit, and of everything below it, by itself. */
        put: operations["set_planning_mode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a dispatcher looks at first: nobody assigned, due within the hour, breached, behind plan. */
        get: operations["show_board_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The optimiser's plan beside the one that stands: who goes to each work order that has nobody, which visits would move, what
         *     stays, what is left out, and why. It changes nothing.
         */
        get: operations["show_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board/plan/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a plan or parts of it: moves in their order, then new visits, by the versions that were seen. All of it happens, or
         *     nothing.
         */
        post: operations["accept_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board/plan/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published versions of plans, of one unit or of all within reach, the newest first: what happened, why the one before does not stand, what it costs. */
        get: operations["list_plan_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/board/plan/versions/{unit}/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A published version: who goes where, what moves, what is left out, and what is different from the version before. */
        get: operations["show_plan_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records a typed call (P1). */
        post: operations["record_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/at-desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The phone on one's desk and the calls that ring there or are under way (P1). */
        get: operations["calls_at_desk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/by-exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may be calling, by the telephone system's name of the call. */
        get: operations["call_by_exchange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/missed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Missed calls that are to be called back, the most urgent first (P1). */
        get: operations["missed_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/call-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records what came of calling back after a missed call (P1). */
        post: operations["call_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/caller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may be calling, and what is open at their sites; the number stays masked (P68). */
        get: operations["caller_of_call"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a call (P1). */
        post: operations["end_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a call led to (P1). */
        post: operations["settle_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows a missed caller's number, to be dialled: counted and told to the audit (P68). */
        post: operations["reveal_caller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of cases. */
        get: operations["list_cases"];
        put?: never;
        /** Takes a report and makes a case. */
        post: operations["report_fault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log. */
        get: operations["export_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/open-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The open cases of a site, to be offered before an empty form. */
        get: operations["cases_open_on"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A case in full, with what the reader may do now. */
        get: operations["read_case"];
        /** Corrects what was noted down; needs `If-Match`. */
        put: operations["correct_case"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/accept-hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accepts the offer: the case is mine. */
        post: operations["accept_hand_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/agree-onsite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records that both sides agree to a visit (P41). */
        post: operations["agree_onsite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The decision that holds for a case, with its reasons, overrulings and findings. */
        get: operations["case_coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/coverage/exclusions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each exclusion would change, for the phone of the engineer (decision 13). */
        get: operations["case_exclusion_previews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/coverage/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** State facts that the records lack, and decide the case again; without facts, decide it again by the records of today. */
        post: operations["answer_coverage_facts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/coverage/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every decision of a case, newest first. */
        get: operations["case_coverage_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/customer-side": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the customer of a case asked and sent, and the links to it. */
        get: operations["customer_side"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/decline-hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Declines the offer, or takes it back. */
        post: operations["decline_hand_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Raises a case to Technical Service (P10, decision 2). */
        post: operations["escalate_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/exclusions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that an exclusion was seen (P31-P34). It changes no charge yet. */
        post: operations["propose_exclusion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offers the case to a colleague (P10). */
        post: operations["hand_over_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/leave-parent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a case go on by itself. */
        post: operations["leave_parent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a case go on under another number. */
        post: operations["merge_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/next-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets the next step by hand. */
        post: operations["set_next_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes a note. */
        post: operations["write_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/parent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a case follow another of the same fault: that one is mended, and its solution is offered here. */
        post: operations["set_parent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/past-visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last visits to a case's site, newest first, those to its device first: what was found and done before. */
        get: operations["past_visits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/phone-result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records what came of helping by phone (P14, P38). */
        post: operations["record_phone_result"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/phone-support": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to help by phone (P37). */
        post: operations["start_phone_support"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a case again. */
        post: operations["reopen_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on after waiting. */
        post: operations["resume_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/return-escalation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a raised case back. */
        post: operations["return_escalation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/severity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets another severity (P45). */
        post: operations["change_severity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of a case's timeline, newest first. */
        get: operations["case_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/tracking-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a link to the page of a case; its address is shown once. */
        post: operations["make_tracking_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/triage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a new case up. */
        post: operations["triage_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/wait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Waits for the customer or for parts. */
        post: operations["wait_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The windows of the next three days for a visit that a case may need, before there is a work order: what a hotline agent can
         *     promise on the phone. It changes nothing.
         */
        get: operations["list_case_windows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a case back that was none. */
        post: operations["withdraw_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/work-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a work order of a case: time, place and symptom (P41, P42). */
        post: operations["create_work_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checklists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checklists per product and job, newest versions. */
        get: operations["list_checklists"];
        put?: never;
        /** Write a new version of a checklist; planned visits keep theirs (P24). */
        post: operations["write_checklist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checklists/in-force": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checklist a new visit would carry: the product's own, the general one, or what the promise itself asks for. */
        get: operations["checklist_in_force"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/checklists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a checklist. */
        get: operations["checklist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/company": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company's name and zone. */
        get: operations["company"];
        /** Change the company's name and zone. */
        put: operations["change_company"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Complaints to answer, and those answered or closed. */
        get: operations["list_complaints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log. */
        get: operations["export_complaints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A complaint in full, by the id of its case. */
        get: operations["show_complaint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a complaint up: it is one's own, and the customer sees that somebody has it. Refused in the line of whom it concerns (P9). */
        post: operations["acknowledge_complaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a complaint with finding, cause and remedy (P9): the customer sees the answer on their page. */
        post: operations["answer_complaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/concerned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name whom a complaint concerns: nobody in their line answers it (P9). */
        post: operations["concern_people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/reaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what the customer says to the answer: content closes the complaint, not content owes another answer. */
        post: operations["react_to_answer"];
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
    "/api/coverage/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The verdict on a fault reported now: the badge at intake. Nothing is kept. */
        get: operations["coverage_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coverage/{id}/overrule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Overrule the decision that holds, with a reason. The engine's verdict stays beneath it. */
        post: operations["overrule_coverage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What customers asked and nobody has answered, the longest waiting first. */
        get: operations["list_customer_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customer-requests/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer it: the customer sees the answer on their page. */
        post: operations["answer_customer_request"];
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
    "/api/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages and how far they have come, newest first. */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message. */
        get: operations["show_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a message again that was given up. */
        post: operations["retry_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The demo's logins and clock. */
        get: operations["demo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/demo/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Advance the demo's clock; what comes due meanwhile is done. */
        post: operations["advance_demo_clock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/designated-parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Persons and firms designated to work in the company's name, with their days. */
        get: operations["designated_parties"];
        put?: never;
        /** Designate a person or firm for some days. */
        post: operations["designate_party"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/designated-parties/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change an entry, most often its last day. */
        put: operations["change_designated_party"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk-phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say which phone stands on one's desk, and whether calls come up on the screen (P1). */
        put: operations["set_desk_phone"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/divisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Divisions of China: one level of the tree, or a search. */
        get: operations["list_divisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Employees by name. */
        get: operations["list_employees"];
        put?: never;
        /** Take on an employee. */
        post: operations["employ"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One employee. */
        get: operations["read_employee"];
        /** Change an employee and what they hold. */
        put: operations["change_employee"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees/{id}/absences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that somebody is off: from now until the end of the day unless said. What is planned for them stays where it is until
         *     somebody gives it to others; the plan of the board proposes to whom.
         */
        post: operations["record_absence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees/{id}/absences/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take leave back: somebody is there after all. What others took over meanwhile stays theirs. */
        post: operations["take_back_absence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees/{id}/badge-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The QR code of an employee's badge (P66). */
        get: operations["show_badge_code"];
        put?: never;
        /** Make the code of a badge; where one is in use it is revoked, with the reason. */
        post: operations["make_badge_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/employees/{id}/badge-code/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke the code of a badge: lost, stolen, handed back. */
        post: operations["revoke_badge_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/engineer-photo/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The photo of the engineer a message announced (P21): for whoever got the message, for seven days. */
        get: operations["engineer_photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exclusions/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide a proposed exclusion, with evidence and the customer's answer to the explanation. */
        post: operations["decide_exclusion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fault-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The codes of faults and causes in their order, causes last. */
        get: operations["list_fault_codes"];
        put?: never;
        /** Add a code. */
        post: operations["create_fault_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fault-codes/{kind}/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a code's name, place or use. */
        put: operations["change_fault_code"];
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
        /** Fetch a file by its digest, if something that the reader sees refers to it, or the reader has just sent it. */
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
    "/api/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow-up calls to make, and those made. */
        get: operations["list_follow_ups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow-ups/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log. */
        get: operations["export_follow_ups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow-ups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A follow-up call with its script. */
        get: operations["show_follow_up"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow-ups/{id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what came of a call: the case is closed, opened again, or called again later. */
        post: operations["record_follow_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow-ups/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to call: others leave it alone for half an hour. */
        post: operations["start_follow_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/headcount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The headcount by unit, department, education and job. */
        get: operations["read_headcount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The holiday lists, and the first year that is missing. */
        get: operations["list_holidays"];
        put?: never;
        /** Import (or correct) a year's holidays; clocks that lean on it are derived again. */
        post: operations["import_holidays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The home page: one read, each part only for whom it is meant. */
        get: operations["home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hotlines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every hotline, by number. */
        get: operations["list_hotlines"];
        put?: never;
        /** Register a hotline. */
        post: operations["register_hotline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hotlines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a hotline. */
        put: operations["change_hotline"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/import-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file to fill in: the headings in one's language, and a line that shows how. */
        get: operations["import_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's imports, the newest first, at most 50. */
        get: operations["list_imports"];
        put?: never;
        /** Send a table (CSV or XLSX, at most 20 MiB). Its trial begins at once and writes nothing. */
        post: operations["send_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's imports. */
        get: operations["get_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let go of a table that isn't stored; its file is removed. */
        post: operations["drop_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that is wrong with a table, as CSV or XLSX. */
        get: operations["import_faults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Store a table whose trial found nothing wrong: all of it, or nothing. */
        post: operations["store_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jurisdictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The map of jurisdictions, in the widest codes that say it. */
        get: operations["read_jurisdictions"];
        /** Save the whole map; a gap or an overlap changes nothing. */
        put: operations["save_jurisdictions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jurisdictions/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move divisions to a unit with their sites and open work. */
        post: operations["move_divisions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keeping-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long ended jobs, messages and broken uploads are kept; events are kept for ever. */
        get: operations["show_keeping_settings"];
        /** Change how long they are kept; from the next night on. */
        put: operations["change_keeping_settings"];
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
    "/api/look-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One box for whatever a caller says: number, name, initials, serial, plate, case number. */
        get: operations["look_up"];
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
    "/api/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one's second factor stands. */
        get: operations["second_factor"];
        put?: never;
        /**
         * Begin to set a second factor up, or to put another in its place: a secret for an authenticator, which counts once a code of it
         *     was shown within half an hour.
         */
        post: operations["begin_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm it by a code: from now on signing in asks for one, and other devices are signed out. The recovery codes in the answer are
         *     shown once.
         */
        post: operations["confirm_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/second-factor/off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn one's second factor off, unless a role of one's own asks for it. Other devices are signed out. */
        post: operations["turn_second_factor_off"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make new recovery codes; the older ones no longer work. */
        post: operations["renew_recovery_codes"];
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
    "/api/my/day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My visits of today and tomorrow, with all that is needed without a signal (decision 13). */
        get: operations["my_day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/my/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices at the sites of my visits, with the codes on their labels: so that a phone without a signal says before which one it is. */
        get: operations["my_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/my/way-sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether my way to visits is shared. */
        get: operations["way_sharing"];
        /** Agree to share my way, or take that back: what was kept of it goes. */
        put: operations["share_way"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/note-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The templates of notes in their order. */
        get: operations["list_note_templates"];
        put?: never;
        /** Add a template of a note. */
        post: operations["create_note_template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/note-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a template of a note. */
        put: operations["change_note_template"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notification-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How messages leave; the password is never shown. */
        get: operations["show_notification_settings"];
        /** Change how messages leave. */
        put: operations["change_notification_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notification-settings/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message to see whether it arrives; watch the delivery for what came of it. */
        post: operations["send_test_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/on-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the units within reach stand for the next 30 days (P11). */
        get: operations["list_on_call"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/on-call/{unit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A unit's rota and who is on call there for the next 30 days (P11). */
        get: operations["read_rota"];
        /** Save a unit's rota (P11). */
        put: operations["save_rota"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/on-call/{unit_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rota would mean, with its gaps, before it is saved (P11). Changes nothing. */
        post: operations["preview_rota"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overrulings/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer an overruling that needs a second person (P55). */
        post: operations["approve_overruling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/paper-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which templates are used for papers; the company's own are tried with sample data. */
        get: operations["paper_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/part-warranties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Parts of an asset with a warranty of their own, newest delivery first (P49, P53). */
        get: operations["part_warranties"];
        put?: never;
        /** Record that a repaired or sold part was delivered: its warranty starts that day. */
        post: operations["deliver_part"];
        delete?: never;
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
    "/api/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The promise in force. */
        get: operations["read_policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version, newest first. */
        get: operations["list_policy_versions"];
        put?: never;
        /** Make a new version of the promise; old ones stay, and cases keep theirs. */
        post: operations["make_policy_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of the promise. */
        get: operations["read_policy_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portal-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the customer's pages behave. */
        get: operations["show_portal_settings"];
        /** Change how they behave. */
        put: operations["change_portal_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portal-settings/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the codes go on that are held since a restore. */
        post: operations["release_portal_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/price-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The price list in force, or that of another day (P54). */
        get: operations["price_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/price-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of the price list, newest first. */
        get: operations["price_lists"];
        put?: never;
        /** Publish a new version of the price list. */
        post: operations["create_price_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/price-lists/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version with its prices, also one that is over (P54). */
        get: operations["price_list_version"];
        put?: never;
        post?: never;
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
    "/api/promise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The promise as it would be given now, in parts. */
        get: operations["promise_now"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/papers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a printed service order is genuine (P72): by the code on it, without signing in, a limited number of times. */
        get: operations["prove_paper"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/price-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public prices (P70): for everybody, without signing in. */
        get: operations["public_price_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relay-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where numbers between engineers and customers come from; the key is never shown. */
        get: operations["show_relay_settings"];
        /** Change where numbers between engineers and customers come from; a new key is shown once, absent in a repeated answer. */
        put: operations["change_relay_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page behind a label: site, device, cover, what may be wrong, what is open already. */
        get: operations["report_page"];
        put?: never;
        /** Report a fault on the device, or add to what is reported already. Needs a browser that was verified. */
        post: operations["report_by_label"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report/{code}/files/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Send a photo, or the next range of it, before a report at a label: at most 300 KB, pictures only. */
        put: operations["send_file_at_label"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report/{code}/sms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a one-time code to a number; the answer is the same whether we know the number or not. */
        post: operations["ask_sms_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report/{code}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the code: this browser is known by its number for thirty days, by an HttpOnly cookie. */
        post: operations["give_sms_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports/satisfaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Satisfaction by engineer or unit, with the number of answers; below 20 it is marked as a small sample (P7). */
        get: operations["report_satisfaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own views of a list, and those shared in one's unit, by name. */
        get: operations["list_saved_views"];
        put?: never;
        /** Keep a view. */
        post: operations["create_saved_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/saved-views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one of one's own views. */
        put: operations["change_saved_view"];
        post?: never;
        /** Remove one of one's own views. */
        delete: operations["remove_saved_view"];
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
    "/api/service-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which hours run now: working time or not, and until when (P37, P39). */
        get: operations["read_service_hours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/service-orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The canonical service order: screen and print draw from it (P70). */
        get: operations["service_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/service-orders/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service order as a PDF: what the screen shows, to print and to send (P70). */
        get: operations["service_order_pdf"];
        put?: never;
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
        /**
         * Sign in: the session comes as an HttpOnly cookie. Wrong login and wrong password are answered alike. Where a second factor is set up, the
         *     right password is answered `second_factor_needed`: send both again with the code.
         */
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
    "/api/sms-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where messages to phones go; the key is never shown. */
        get: operations["show_sms_settings"];
        /** Change where messages to phones go; a new key is shown once, absent in a repeated answer. */
        put: operations["change_sms_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sms-settings/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message to a phone to see whether it arrives. */
        post: operations["test_sms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/telephone/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of a call: it rings, is answered, is over. Needs no `Idempotency-Key`: repeated, late or in another order it leads to the
         *     same record (P1).
         */
        post: operations["hear_telephone"];
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
    "/api/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of the case that the link opens (header `X-Link`). */
        get: operations["track_case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/appointment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for another time of the visit. */
        post: operations["wish_time"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/chase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask how it goes: once in half an hour. */
        post: operations["chase_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/complaint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complain (P65): it becomes a case of its own, with an owner and an answer that is owed. */
        post: operations["complain_by_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/complaint-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say to the answer of a complaint whether it will do (P65): content closes it, not content owes another answer. */
        post: operations["say_to_answer_by_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/files/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Send a photo, or the next range of it, for the case that a link opens: at most 300 KB, pictures only. */
        put: operations["send_file_by_link"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The photo of who comes (P21). */
        get: operations["track_photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rate the service: the answers of the follow-up call, without the call (P7, P13). */
        post: operations["rate_by_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/service-order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service order that waits for the customer's signature (P70, P72). */
        get: operations["track_service_order"];
        put?: never;
        /** Sign it (P72). */
        post: operations["sign_by_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/track/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add words or a photo. */
        post: operations["add_to_case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracking-links/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a link: it answers like one that never was. */
        post: operations["revoke_tracking_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every unit, headquarters first. */
        get: operations["list_units"];
        put?: never;
        /** Found a unit. */
        post: operations["found_unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/units/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a unit, or move it with all below it. */
        put: operations["change_unit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A visit in full, with the one step to take next. */
        get: operations["visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a visit on. */
        post: operations["accept_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer agrees to what they will pay (P22, P72). */
        post: operations["acknowledge_quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a step of the checklist (P24, P73). */
        post: operations["answer_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/arrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Arrive: the arrival clock stops (P44, P45), the customer is told (P21). */
        post: operations["arrive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/break-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Break off a visit that is under way, because its engineer can't end it. */
        post: operations["break_off_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call the customer of a visit: a number between both that ends with the visit, or the service hotline. Neither learns the other's
         *     number (P68); each call is on the timeline.
         */
        post: operations["call_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a visit off the plan; never once it is travelling. */
        post: operations["cancel_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/charge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a charge from the price list in force (P26, P55). */
        post: operations["add_charge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/charges/{charge_id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a charge off again. */
        post: operations["remove_charge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer agrees to the window. */
        post: operations["confirm_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline a visit, with the reason. */
        post: operations["decline_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/depart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set out, with work clothes, badge and tools answered for (P20). */
        post: operations["depart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say before which device the engineer stands; another one than ordered takes a reason. */
        post: operations["check_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/dispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell the engineer. */
        post: operations["dispatch_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The job is done. */
        post: operations["finish_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a photo that was sent before (P23). */
        post: operations["add_evidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/exclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record an exclusion with its evidence, and its decision if the engineer makes it (P31-P34). */
        post: operations["exclude_on_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/finding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what was found and done (P22). */
        post: operations["record_finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/guidance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what somebody of the customer was shown (P25). */
        post: operations["record_guidance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/hand-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand in what a phone recorded and the visit takes no more: it was reassigned, cancelled or changed meanwhile. It becomes
         *     a note on the case.
         */
        post: operations["hand_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave. */
        post: operations["leave_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a visit with its engineer at its time, whatever else is planned, until somebody unlocks it or sets out. */
        post: operations["lock_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/no-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nobody could let the engineer in. */
        post: operations["record_no_access"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/old-part": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what became of a removed part (P23). */
        post: operations["record_old_part"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/partly-done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another visit must follow. */
        post: operations["finish_visit_partly"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the work rest. */
        post: operations["pause_work"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell where the phone was on the way: kept only between setting out and arriving, and only if the engineer agreed. */
        post: operations["tell_way"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/present": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Freeze the service order and show it to the customer (P70, P72). */
        post: operations["present_service_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep what the customer thinks of a visit, given on the engineer's phone after signing (P7). The score is for whoever calls
         *     afterwards; the engineer is not told it again.
         */
        post: operations["rate_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a visit to another engineer or window; never once it is travelling. */
        post: operations["reassign_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/refuse-signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that the customer doesn't sign (P72). */
        post: operations["refuse_signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on. */
        post: operations["resume_work"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/self-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the self-inspection (P73). */
        post: operations["self_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign what was shown (P72). */
        post: operations["sign_service_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to work. */
        post: operations["start_work"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/visits/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a locked visit be moved again. */
        post: operations["unlock_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks. */
        get: operations["list_webhooks"];
        put?: never;
        /** Make a webhook; its key is shown once, absent in a repeated answer. */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a webhook. */
        delete: operations["remove_webhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Work orders within reach. */
        get: operations["list_work_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shown list as CSV or XLSX, 10,000 rows at most; who took what is on record in the audit log. */
        get: operations["export_work_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A work order with its visits, charges and invoice. */
        get: operations["work_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a whole job off, with its planned visits. */
        post: operations["cancel_work_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}/charges/{charge_id}/payer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let another pay than was decided, with a reason (P55). */
        post: operations["override_charge_payer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}/effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What it does to the promise and to their day that somebody goes to a work order at a time that was chosen by hand, or dropped on the
         *     board: when they are there, what gets late, what speaks against it. It changes nothing.
         */
        get: operations["show_effect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}/invoice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record the invoice for what the customer owes: equal to the cent (P71). */
        post: operations["issue_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who can go to a work order, the best first, and who can't, each with the reasons (P40); on request also who would be sooner if
         *     visits moved. It changes nothing.
         */
        get: operations["list_proposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plan a visit: an engineer and a window; nobody is booked twice (decision 15). */
        post: operations["plan_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work-orders/{id}/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The windows of the next three days in which the present plan can have somebody at a work order, the best first: with who comes
         *     and what it costs. No other visit is moved for it. It changes nothing: planning the `visit` of a window keeps it.
         */
        get: operations["list_order_windows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Somebody is off. */
        Absence: {
            /** @description What of it was no leave before: taking that back leaves everything as it was. */
            added: components["schemas"]["AbsenceSpan"][];
            /** @description Who. */
            employee_id: components["schemas"]["EmployeeId"];
            /** @description From this instant, in whole minutes. */
            from: components["schemas"]["Ts"];
            /** @description Until this instant, in whole minutes. */
            until: components["schemas"]["Ts"];
        };
        /** @description From when to when somebody is off. */
        AbsenceInput: {
            from?: components["schemas"]["Ts"] | null;
            until?: components["schemas"]["Ts"] | null;
        };
        /** @description A stretch of time. */
        AbsenceSpan: {
            /** @description From this instant. */
            from: components["schemas"]["Ts"];
            /** @description Until this instant. */
            until: components["schemas"]["Ts"];
        };
        /** @description When somebody is there after all. */
        AbsenceTakenBack: {
            /** @description The leave that is taken back. */
            spans: components["schemas"]["AbsenceSpan"][];
        };
        /** @description A move that is accepted. */
        AcceptMove: {
            /** @description Who goes now. */
            engineer_id: components["schemas"]["EmployeeId"];
            /**
             * Format: int64
             * @description The version that was seen.
             */
            version: number;
            /** @description The visit. */
            visit_id: components["schemas"]["VisitId"];
            /** @description To. */
            window_end: components["schemas"]["Ts"];
            /** @description From. */
            window_start: components["schemas"]["Ts"];
        };
        /** @description What of a plan is accepted: all of it happens, or nothing. */
        AcceptPlan: {
            /** @description Moves, in the order of the plan. */
            moves?: components["schemas"]["AcceptMove"][];
            of?: components["schemas"]["AcceptedVersion"] | null;
            /** @description How far the new visits are planned at once; dispatched unless said. */
            planned_as?: components["schemas"]["PlannedAs"];
            /** @description Why planned visits move; needed where one does. */
            reason?: string | null;
            /** @description New visits. */
            visits?: components["schemas"]["AcceptVisit"][];
        };
        /** @description A proposal that is accepted. */
        AcceptVisit: {
            /** @description The customer asked for a window later than the work order's, as when a visit is planned by itself. */
            at_customers_wish?: boolean;
            /** @description Who goes. */
            engineer_id: components["schemas"]["EmployeeId"];
            /**
             * Format: int64
             * @description The version that was seen.
             */
            version: number;
            /** @description To. */
            window_end: components["schemas"]["Ts"];
            /** @description From. */
            window_start: components["schemas"]["Ts"];
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
        };
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
        /** @description What became of what was accepted. */
        AcceptedPlan: {
            /** @description The visits that moved, as asked. */
            moved: components["schemas"]["AcceptedVisit"][];
            /** @description The visits that were planned, as asked. */
            planned: components["schemas"]["AcceptedVisit"][];
        };
        /** @description The published version of a plan that something is accepted of. */
        AcceptedVersion: {
            /**
             * Format: int64
             * @description The number of the version.
             */
            number: number;
            /** @description The unit. */
            unit_id: components["schemas"]["UnitId"];
        };
        /** @description A visit that was planned or moved. */
        AcceptedVisit: {
            /**
             * Format: int64
             * @description Its version now.
             */
            version: number;
            /** @description The visit. */
            visit_id: components["schemas"]["VisitId"];
            /** @description Its work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
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
            /** @description Whether it was closed because nobody used it. */
            closed_unused: boolean;
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
            last_seen_at?: components["schemas"]["Ts"] | null;
            /** @description Login name. */
            login: string;
            /** @description Name on screen. */
            name: string;
            password_changed_at?: components["schemas"]["Ts"] | null;
            /** @description Roles. */
            roles: components["schemas"]["Role"][];
            second_factor_at?: components["schemas"]["Ts"] | null;
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
        /**
         * @description How the customer took the explanation (P31, P72).
         * @enum {string}
         */
        Acknowledge: "signed" | "refused";
        /** @description The customer's word on the quote (P22, P72). */
        AcknowledgeQuote: {
            /** @description SHA-256 of the quote that was shown. */
            quote_hash: string;
            /** @description Who agrees. */
            signer_name: string;
            /** @description Their strokes. */
            strokes: components["schemas"]["StrokePoint"][][];
        };
        /** @description Words or a photo for a case. */
        AddToCase: {
            /** @description A photo that was sent before. */
            photo_sha256?: string | null;
            /** @description In words. */
            words?: string | null;
        };
        /** @description How far the demo's clock goes on. */
        Advance: {
            /**
             * Format: int64
             * @description Seconds, 1 to 31 days.
             */
            advance_s: number;
        };
        /** @description Both sides agree to a visit (P41). */
        AgreeOnsite: {
            agreed_at?: components["schemas"]["Ts"] | null;
            /** @description Who agreed for the company; oneself unless said. */
            company_person_id?: string | null;
            /** @description Who agreed for the customer. */
            contact_id: components["schemas"]["ContactId"];
            /** @description How. */
            how: components["schemas"]["AgreedHow"];
            /** @description Why the phone was not tried, if the policy allows that. */
            phone_exception?: string | null;
            window_end?: components["schemas"]["Ts"] | null;
            window_start?: components["schemas"]["Ts"] | null;
        };
        /**
         * @description How both sides came to agree (P41).
         * @enum {string}
         */
        AgreedHow: "phone" | "message" | "in_person" | "portal";
        /** @description Agreements whose end is near and that nobody has renewed (P29). */
        AgreementHome: {
            /**
             * Format: int64
             * @description How many end within 90 days.
             */
            count: number;
            /** @description Those that end first, at most 6. */
            items: components["schemas"]["AgreementView"][];
            /**
             * Format: date
             * @description The day it is in the company.
             */
            today: string;
        };
        /** Format: uuid */
        AgreementId: string;
        /** @description A service agreement as it is drafted or edited (P29). */
        AgreementInput: {
            /** @description The assets it lists. */
            asset_ids: string[];
            /**
             * Format: date
             * @description First covered day.
             */
            covered_from: string;
            /**
             * Format: date
             * @description Last covered day.
             */
            covered_to: string;
            /** @description Currency. */
            currency: string;
            /** @description The customer. */
            customer_id: string;
            /** @description The level, by its code in the policy; `standard` gives what the warranty gives. */
            level?: string | null;
            /**
             * Format: int64
             * @description Price in fen.
             */
            price_minor: number;
            /** @description AgreementTargets of its own; each one left out is the warranty's (P29). */
            targets?: components["schemas"]["AgreementTargets"];
        };
        /**
         * @description Where an agreement stands today (`domain.md`).
         * @enum {string}
         */
        AgreementState: "draft" | "signed" | "active" | "expiring" | "renewed" | "expired" | "suspended" | "terminated";
        /** @description How fast the service is, in minutes of each promise's own calendar (P29, P37, P44, P45). */
        AgreementTargets: {
            /**
             * Format: int64
             * @description Minutes to arrive at a major fault.
             */
            arrive_major_min?: number | null;
            /**
             * Format: int64
             * @description Minutes to arrive at a normal fault.
             */
            arrive_normal_min?: number | null;
            /**
             * Format: int64
             * @description Minutes to respond by phone.
             */
            respond_min?: number | null;
        };
        /** @description A service agreement. */
        AgreementView: {
            /** @description The assets it lists. */
            asset_ids: string[];
            /**
             * Format: date
             * @description First covered day.
             */
            covered_from: string;
            /**
             * Format: date
             * @description Last covered day.
             */
            covered_to: string;
            /** @description Currency. */
            currency: string;
            /** @description The customer. */
            customer_id: string;
            /** @description The customer's name. */
            customer_name: string;
            /** @description Its id. */
            id: components["schemas"]["AgreementId"];
            /** @description The level's code. */
            level: string;
            /** @description Its number. */
            number: string;
            /**
             * Format: int64
             * @description Price in fen.
             */
            price_minor: number;
            renewed_by_id?: components["schemas"]["AgreementId"] | null;
            renews_id?: components["schemas"]["AgreementId"] | null;
            /**
             * Format: date
             * @description The day it was signed.
             */
            signed_on?: string | null;
            /** @description Where it stands today. */
            state: components["schemas"]["AgreementState"];
            /** @description Its suspensions, the oldest first; they don't overlap. */
            suspensions: components["schemas"]["Suspension"][];
            /** @description AgreementTargets of its own; each one left out is the warranty's (P29). */
            targets: components["schemas"]["AgreementTargets"];
            /**
             * Format: date
             * @description First day without cover, if terminated.
             */
            terminated_from?: string | null;
            /** @description Why it was ended before its time. */
            terminated_reason?: string | null;
            /**
             * Format: int64
             * @description Its version, for `If-Match`.
             */
            version: number;
        };
        /** Format: uuid */
        AlertId: string;
        /** @description An open alert as the screen shows it. */
        AlertView: {
            /** @description The case. */
            case_id?: string | null;
            /** @description Its number. */
            case_number?: string | null;
            due_at?: components["schemas"]["Ts"] | null;
            expected_at?: components["schemas"]["Ts"] | null;
            /** @description Its id. */
            id: components["schemas"]["AlertId"];
            /** @description What happened: the kind of the event. */
            kind: string;
            next_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description How much of the time is used, in percent.
             */
            percent?: number | null;
            /** @description Which promise a clock measures. */
            promise?: string | null;
            /** @description Since when. */
            raised_at: components["schemas"]["Ts"];
            /** @description The site's name. */
            site?: string | null;
            /** @description How far it has come. */
            stage: components["schemas"]["Stage"];
            /** @description Who was told, in order. */
            told: components["schemas"]["Told"][];
            /** @description Whose rota is asked. */
            unit: components["schemas"]["Both"];
            /** @description Why those were told who were told last. */
            why: components["schemas"]["AlertWhy"];
            /** @description The zone in which its times are shown. */
            zone?: string | null;
        };
        /**
         * @description Why somebody is told.
         * @enum {string}
         */
        AlertWhy: "on_duty" | "no_primary" | "unanswered" | "nobody_on_duty" | "no_rota";
        /** @description The open alerts of a person. */
        Alerts: {
            /** @description Oldest first. */
            items: components["schemas"]["AlertView"][];
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
        };
        /** @description Net, tax and gross of a line or a sum, in fen: net + tax = gross. */
        Amounts: {
            /**
             * Format: int64
             * @description With tax.
             */
            gross_minor: number;
            /**
             * Format: int64
             * @description Without tax.
             */
            net_minor: number;
            /**
             * Format: int64
             * @description Tax.
             */
            tax_minor: number;
        };
        /** @description What an engineer answers to a step. */
        Answer: {
            /** @description A measured value or a remark. */
            note?: string | null;
            /** @enum {string} */
            result: "done";
        } | {
            /** @description What is wrong. */
            note: string;
            /** @enum {string} */
            result: "failed";
        } | {
            /** @description Why (P24). */
            reason: string;
            /** @enum {string} */
            result: "skipped";
        };
        /** @description The answer to a complaint (P65). */
        AnswerComplaint: {
            /** @description What the customer is told; 1 to 1000 characters. */
            answer: string;
            /** @description Why it came to it; 1 to 1000 characters. */
            cause: string;
            /** @description What was found. */
            finding: components["schemas"]["ComplaintFinding"];
            /** @description What is done about it; 1 to 1000 characters. */
            remedy: string;
        };
        /** @description Facts that a person states, so that an undecided case can be decided. */
        AnswerFacts: {
            /** @description All work by others on the asset that is known (P33); left out, it stays as it was. */
            outside_work?: components["schemas"]["OutsideWorkAnswer"][] | null;
            /** @description Whether the fault is in a part under warranty. */
            parts?: components["schemas"]["PartAnswer"][];
            /** @description Per earlier repair (its case number): whether this is the same fault (P74). */
            same_fault?: components["schemas"]["SameFault"][];
            site_licence?: components["schemas"]["SiteLicence"] | null;
        };
        /** @description An answer to a step of the checklist. */
        AnswerItem: components["schemas"]["Answer"] & {
            /** @description The step's key. */
            item: string;
        };
        /** @description What the desk answers. */
        AnswerRequest: {
            /** @description What the customer is told; needed for declining. */
            answer?: string | null;
            /** @description `accepted`, `declined` or `seen`. */
            state: components["schemas"]["CustomerRequestState"];
        };
        /** @description An answer to a step. */
        Answered: components["schemas"]["Answer"] & {
            /** @description The step's key. */
            item: string;
        };
        /** @description Appointments of today (P8). */
        AppointmentHome: {
            /**
             * Format: int64
             * @description Broken: arrived later, or the end is over and nobody is there.
             */
            broken: number;
            /**
             * Format: int64
             * @description Kept: arrived by the end of the appointment.
             */
            kept: number;
            /**
             * Format: int64
             * @description All whose end lies today, these included.
             */
            planned: number;
        };
        /** @description The second person's answer to an overruling that needs one (P55). */
        ApproveOverruling: {
            /** @description Whether it may hold. */
            approved: boolean;
        };
        /**
         * @description How an arrival was shown (P21).
         * @enum {string}
         */
        ArrivalMethod: "gps" | "badge" | "manual";
        /**
         * @description Where the arrival clock begins (decision 10).
         * @enum {string}
         */
        ArrivalStart: "onsite_agreed" | "reported";
        /** @description Arriving (P21). */
        Arrive: {
            /** @description Why it is later than the appointment; needed then (P8). */
            late_reason?: string | null;
            /** @description How the arrival is shown. */
            method: components["schemas"]["ArrivalMethod"];
            position?: components["schemas"]["Position"] | null;
        };
        /**
         * @description From when the arrival counts (decision 10).
         * @enum {string}
         */
        ArriveFrom: "onsite_agreed" | "reported";
        /** @description A number that wants a code. */
        AskCode: {
            /** @description In any format. */
            phone: string;
        };
        /** @description An asset found over all units; it shows only what a report needs (decision 2). */
        AssetHit: {
            /** @description The asset. */
            asset_id: components["schemas"]["AssetId"];
            /** @description Whose it is. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The customer's name. */
            customer_name: string;
            /** @description How well. */
            exactness: components["schemas"]["Exactness"];
            /** @description Its product. */
            product: components["schemas"]["ProductName"];
            /** @description Its serial. */
            serial: string;
            /** @description Where it stands. */
            site_id: components["schemas"]["SiteId"];
            /** @description The site's name. */
            site_name: string;
            /** @description Who looks after it. */
            unit_id: components["schemas"]["UnitId"];
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
        /** @description On what. */
        AssetPart: {
            /** @description `YYYY-MM-DD`, if accepted. */
            accepted_on?: string | null;
            /** @description Model. */
            model: string;
            /** @description What it is. */
            name: components["schemas"]["Both"];
            /** @description Serial number. */
            serial: string;
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
        /** @description What a unit holds. */
        Assignment: {
            /** @description Codes of 2, 4 or 6 digits. */
            divisions: string[];
            /** @description The unit. */
            unit_id: components["schemas"]["UnitId"];
        };
        /** @description What goes on at one's desk. */
        AtDesk: {
            /** @description Calls that ring here or are under way, the newest first. */
            calls: components["schemas"]["DeskCall"][];
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            /** @description The phone on it. */
            phone: components["schemas"]["DeskPhone"];
        };
        /** @description An attempt to reach the customer. */
        AttemptView: {
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description By whom. */
            by_id: string;
            /** @description Their name. */
            by_name?: string | null;
            /** @description In words. */
            comment?: string | null;
            next_at?: components["schemas"]["Ts"] | null;
            /** @description Whether somebody answered. */
            reached: boolean;
        };
        /** @description An event as the audit shows it. */
        AuditEntry: {
            /** @description The account, or the part of the program. */
            actor_id: string;
            /** @description `user`, `customer`, `token`, `system`, `import`. */
            actor_kind: string;
            /** @description The account's login, if it is one. */
            actor_login?: string | null;
            /** @description When, by the server. */
            at: components["schemas"]["Ts"];
            /** @description Facts that name nobody: address, device, permission, path, roles, counts. */
            facts: Record<string, never>;
            /** @description What happened. */
            kind: string;
            /**
             * Format: int64
             * @description Order of insertion: its key in lists.
             */
            pos: number;
            /** @description Whether it was refused. */
            result: components["schemas"]["AuditResult"];
            /**
             * Format: int64
             * @description Its place in the sealed chain; absent for a moment after it happened.
             */
            seq?: number | null;
            /** @description Id of the record. */
            subject_id: string;
            /** @description Its login, if it is an account. */
            subject_login?: string | null;
            /** @description Type of the record. */
            subject_type: string;
            /** @description The unit concerned. */
            unit_id?: string | null;
        };
        /** @description Which events. */
        AuditFilter: {
            /** @description Only by this account (id) or part of the program. */
            actor_id?: string | null;
            from?: components["schemas"]["Ts"] | null;
            /** @description Only of this kind. */
            kind?: string | null;
            result?: components["schemas"]["AuditResult"] | null;
            /** @description Only about this record. */
            subject_id?: string | null;
            to?: components["schemas"]["Ts"] | null;
        };
        /**
         * @description Whether what somebody asked for was done.
         * @enum {string}
         */
        AuditResult: "done" | "refused";
        /** @description The answer to "is this person sent by you today?" (P66). */
        BadgePage: {
            /** @description The number on the badge; only if they are sent. */
            badge_number?: string | null;
            /** @description The hotline's number. */
            hotline?: string | null;
            /** @description Whether the code is of a badge of ours at all. */
            known: boolean;
            /** @description Their name; only if they are sent. */
            name?: string | null;
            /** @description Whether there is a photo to compare. */
            photo: boolean;
            /** @description Whether they are sent today. */
            sent: boolean;
            /** @description Where to. */
            visits: components["schemas"]["SentToday"][];
        };
        /** @description What beginning to set it up takes. */
        BeginFactor: {
            /** @description A code of the one that stands, or a recovery code, to put another in its place. */
            code?: string | null;
            /**
             * Format: password
             * @description The present password.
             */
            current_password: string;
        };
        /** @description What keeps a case open (decision 9). */
        Blocker: {
            /** @description Which one: an id. */
            key: string;
            /** @description `work_order`, `loaner`, `invoice_duty`, …: named by the domain that set it. */
            kind: string;
            /** @description Its number or name, as people call it. */
            label: string;
            /** @description Since when. */
            since: components["schemas"]["Ts"];
        };
        /** @description Everything a dispatcher sees of a span, in one read. */
        Board: {
            /** @description The visits. */
            blocks: components["schemas"]["BoardBlock"][];
            /** @description The rows. */
            engineers: components["schemas"]["BoardEngineer"][];
            /** @description From this instant. */
            from: components["schemas"]["Ts"];
            /** @description There are more unscheduled work orders than are shown. */
            more: boolean;
            /** @description There are more engineers than are shown, at most 300: a unit narrows them. */
            more_engineers: boolean;
            /** @description There are more visits than are shown, at most 2000, the earliest first: a unit or a shorter span narrows them. */
            more_visits: boolean;
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            /** @description To this instant, not included. */
            to: components["schemas"]["Ts"];
            /** @description Work orders nobody is planned for, the most urgent first. */
            unscheduled: components["schemas"]["BoardOrder"][];
        };
        /** @description A visit on the board. */
        BoardBlock: {
            arrived_at?: components["schemas"]["Ts"] | null;
            /** @description Past its window without an arrival, or past its end without an end. */
            behind: boolean;
            /** @description Who goes. */
            engineer_id: components["schemas"]["EmployeeId"];
            /** @description The visit. */
            id: components["schemas"]["VisitId"];
            lock?: components["schemas"]["VisitLock"] | null;
            /** @description Whether it may still be moved. */
            movable: boolean;
            /** @description Its work order. */
            order: components["schemas"]["BoardOrder"];
            /**
             * Format: int64
             * @description Version of the visit, for `If-Match`.
             */
            version: number;
            /** @description Its number. */
            visit_number: string;
            /** @description How far it has come. */
            visit_state: components["schemas"]["VisitStateName"];
            /** @description From when to when. */
            window: components["schemas"]["Window"];
        };
        /** @description What a dispatcher looks at first. */
        BoardCounts: {
            /**
             * Format: int64
             * @description Visits past their window without an arrival, or past their end without an end.
             */
            behind_plan: number;
            /**
             * Format: int64
             * @description Arrivals overdue, nobody there yet.
             */
            breached: number;
            /**
             * Format: int64
             * @description Arrivals due within the hour, nobody there yet.
             */
            due_soon: number;
            /**
             * Format: int64
             * @description Work orders nobody is planned for.
             */
            unassigned: number;
        };
        /** @description A row of the board. */
        BoardEngineer: {
            /** @description The number on their badge. */
            badge_number: string;
            base?: components["schemas"]["Point"] | null;
            /** @description Who. */
            id: components["schemas"]["EmployeeId"];
            /** @description When they are off, within the span: leave and absences. */
            leave: components["schemas"]["WorkSpan"][];
            /**
             * Format: int64
             * @description Minutes planned within the span.
             */
            load_min: number;
            /** @description Their name. */
            name: string;
            on_way?: components["schemas"]["BoardWay"] | null;
            /** @description Their photo. */
            photo_sha256?: string | null;
            /**
             * Format: int64
             * @description Minutes they work within the span.
             */
            shift_min: number;
            /** @description When they work, within the span. */
            shifts: components["schemas"]["WorkSpan"][];
            /** @description What they can do. */
            skills: string[];
            /** @description Their unit. */
            unit_id: components["schemas"]["UnitId"];
        };
        /** @description What the board shows of a work order. */
        BoardOrder: {
            /** @description Its case. */
            case_id: components["schemas"]["CaseId"];
            /** @description The case's number. */
            case_number: string;
            /** @description `covered`, `chargeable`, `undecided`; none if nothing is decided. */
            coverage?: string | null;
            due_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Minutes of work.
             */
            duration_min: number;
            /** @description What kind of job. */
            kind: components["schemas"]["WorkOrderKind"];
            /** @description `FW20261122-0001`. */
            number: string;
            point?: components["schemas"]["Point"] | null;
            /** @description How grave. */
            severity: components["schemas"]["Severity"];
            /** @description The site's name. */
            site_name: string;
            /** @description The skill it needs. */
            skill?: string | null;
            /** @description How far it has come. */
            state: components["schemas"]["WorkOrderState"];
            /** @description The owning unit. */
            unit_id: components["schemas"]["UnitId"];
            /** @description When the customer expects somebody. */
            wish: components["schemas"]["Window"];
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The zone of its times. */
            zone: string;
        };
        /** @description Where somebody is on the way to a visit. */
        BoardWay: {
            /**
             * Format: int64
             * @description Minutes until they are there, in steps of five; none if they were last seen too long ago or the site has no point.
             */
            arrive_in_min?: number | null;
            /** @description Where. */
            point: components["schemas"]["Point"];
            /** @description When their phone said so. */
            seen_at: components["schemas"]["Ts"];
            /** @description To which. */
            visit_id: components["schemas"]["VisitId"];
        };
        /** @description A text of the catalogue data (clauses, checklists, symptoms): a missing `en` falls back to Chinese with a mark. */
        Both: {
            /** @description English, if somebody has written it. */
            en?: string;
            /** @description Simplified Chinese. */
            zh_cn: string;
        };
        /** @description One target for each severity; none promises nothing. */
        BySeverity: {
            major?: components["schemas"]["Target"] | null;
            normal?: components["schemas"]["Target"] | null;
        };
        /** @description A calendar now. */
        CalendarHours: {
            /** @description Which. */
            calendar: components["schemas"]["CalendarKey"];
            changes_at?: components["schemas"]["Ts"] | null;
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description Whether it is open now. */
            open: boolean;
            /** @description Leans on a year whose holidays aren't published yet. */
            provisional: boolean;
        };
        /**
         * @description A calendar of the policy.
         * @enum {string}
         */
        CalendarKey: "five_by_eight" | "round_the_clock";
        /** @description The calendars of the promise. */
        Calendars: {
            /** @description Phone support (P37). */
            five_by_eight: Record<string, never>;
            /** @description Fault reports and visits (P39, P44). */
            round_the_clock: Record<string, never>;
        };
        /** @description What came of calling back after a missed call (P1). */
        CallBack: {
            case_id?: components["schemas"]["CaseId"] | null;
            /** @description Somebody was reached: the call back is done. Nobody: it is owed again after the same time. */
            reached: boolean;
        };
        /** @description Who may be calling: by the normalised number, without the number itself. */
        CallCaller: {
            /** @description The call. */
            call: components["schemas"]["DeskCall"];
            /** @description Contacts with this number; several: each may be it. */
            callers: components["schemas"]["CallerMatch"][];
            /** @description What is open at their sites: to be offered before an empty form. */
            open: components["schemas"]["CallerCase"][];
        };
        /**
         * @description Who called whom.
         * @enum {string}
         */
        CallDirection: "in" | "out";
        /** @description What was heard of a call. */
        CallHeard: {
            /** @description Its record. */
            call_id: components["schemas"]["CallId"];
            /** @description Whether this word changed anything; a repetition does not. */
            news: boolean;
            /** @description How it stands. */
            outcome: components["schemas"]["CallOutcome"];
        };
        /** Format: uuid */
        CallId: string;
        /**
         * @description What a call led to.
         * @enum {string}
         */
        CallOutcome: "ringing" | "case_made" | "case_continued" | "answered" | "missed" | "no_concern";
        /**
         * @description Through what an engineer calls a customer.
         * @enum {string}
         */
        CallVia: "relay" | "service";
        /** @description A call. */
        CallView: {
            /** @description Who took it, or at whose phone it rang last; none while it waits in the queue. */
            agent_id?: string | null;
            answered_at?: components["schemas"]["Ts"] | null;
            call_back_due_at?: components["schemas"]["Ts"] | null;
            /** @description `138****1234`; none if the number was withheld. */
            caller_masked?: string | null;
            case_id?: components["schemas"]["CaseId"] | null;
            /** @description Our number that was dialled. */
            dialled: string;
            /** @description Who called whom. */
            direction: components["schemas"]["CallDirection"];
            ended_at?: components["schemas"]["Ts"] | null;
            /** @description The telephone system's own name of it; none for a call that was typed in. */
            exchange_id?: string | null;
            /** @description Its id. */
            id: components["schemas"]["CallId"];
            /** @description What it led to. */
            outcome: components["schemas"]["CallOutcome"];
            /** @description When it began. */
            started_at: components["schemas"]["Ts"];
        };
        /** @description How an engineer calls a customer. */
        CallWay: {
            /** @description What is dialled after it. */
            extension?: string | null;
            /** @description What is dialled. */
            number: string;
            /** @description Whether the program only plays the provider: a demo. */
            simulated: boolean;
            /** @description Through what. */
            via: components["schemas"]["CallVia"];
        };
        /** @description An open case of somebody who may be calling. */
        CallerCase: {
            /** @description The case. */
            case: components["schemas"]["CaseRef"];
            /** @description Where it is. */
            site_id: components["schemas"]["SiteId"];
            /** @description Its name. */
            site_name: string;
        };
        /** @description Who may be calling. */
        CallerMatch: {
            /** @description The contact with the number. */
            contact_id: components["schemas"]["ContactId"];
            /** @description May be empty. */
            contact_name: string;
            /** @description The customer. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The customer's name. */
            customer_name: string;
            /** @description Several contacts have the number: it may be this one. */
            maybe: boolean;
            /** @description `138****1234`. */
            phone_masked?: string | null;
            /** @description What the person is there. */
            role: string;
            site_id?: components["schemas"]["SiteId"] | null;
            /** @description Its name. */
            site_name?: string | null;
            /** @description The unit that looks after the site, or owns the customer. */
            unit_id: components["schemas"]["UnitId"];
            /** @description VIP level. */
            vip_level: components["schemas"]["VipLevel"];
        };
        /** @description Taking a work order off. */
        CancelWorkOrder: {
            /** @description What the customer agreed to pay on an earlier visit is to be invoiced (P69). */
            invoice_charges?: boolean;
            /** @description Why, 1 to 500 characters. */
            reason: string;
        };
        /** @description Where a case stands after a command. */
        CaseAnswer: {
            /** @description Its id. */
            id: components["schemas"]["CaseId"];
            /** @description What the customer wants. */
            kind: components["schemas"]["CaseKind"];
            next?: components["schemas"]["CaseNext"] | null;
            /** @description Its number, to be read aloud. */
            number: string;
            /** @description The owner's id. */
            owner_id: string;
            /** @description The promise as stored: what is read aloud. */
            promise: components["schemas"]["CasePromise"];
            rework?: components["schemas"]["ReworkProposal"] | null;
            /** @description How much the fault hinders. */
            severity: components["schemas"]["Severity"];
            /** @description Its state. */
            state: components["schemas"]["StateName"];
            /** @description The owning unit. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
        };
        /** @description The device a case is about. */
        CaseAsset: {
            /** @description Its id. */
            id: components["schemas"]["AssetId"];
            /** @description Model. */
            model: string;
            /** @description The product's name. */
            product: components["schemas"]["Both"];
            /** @description Serial number. */
            serial: string;
            /** @description The skill an engineer needs for it. */
            skill: string;
        };
        /** @description Who is called back, number masked. */
        CaseContact: {
            /** @description Their id. */
            id: components["schemas"]["ContactId"];
            /** @description May be empty. */
            name: string;
            /** @description `138****1234`. */
            phone_masked?: string | null;
            /** @description What the person is there. */
            role: string;
        };
        /** @description A count that is exact only up to 200. */
        CaseCount: {
            /** @description There are more. */
            more: boolean;
            /**
             * Format: int64
             * @description At most 200.
             */
            n: number;
        };
        /** @description What a person starts the day with. */
        CaseHome: {
            /** @description Waiting for a follow-up call, within my reach. */
            follow_up: components["schemas"]["CaseCount"];
            /** @description Late within my reach. */
            late: components["schemas"]["CaseCount"];
            /** @description The latest of those that are late within my reach, at most 6. */
            late_rows: components["schemas"]["CaseRow"][];
            /** @description My open cases, by due time. */
            mine: components["schemas"]["CaseRow"][];
            /** @description How many there are. */
            mine_count: components["schemas"]["CaseCount"];
            /** @description How many of them are late. */
            mine_late: components["schemas"]["CaseCount"];
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            /** @description Offered to me, waiting for my answer. */
            offered: components["schemas"]["CaseCount"];
            /** @description Open within my reach. */
            open: components["schemas"]["CaseCount"];
            /** @description Nobody has taken up yet, within my reach. */
            unowned: components["schemas"]["CaseCount"];
        };
        /** Format: uuid */
        CaseId: string;
        /**
         * @description What the customer wants (`domain.md`, case).
         * @enum {string}
         */
        CaseKind: "fault" | "consultation" | "installation" | "design" | "training" | "maintenance" | "rework" | "parts" | "complaint" | "patch";
        /** @description A page of cases, with a count that is exact only up to 200. */
        CaseList: {
            /** @description The rows. */
            items: components["schemas"]["CaseRow"][];
            /** @description There are more than `total` says, or may be: shown as `200+`. */
            more: boolean;
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description How many there are, on the first page only; 200 if there are more, fewer where a search stopped at its bound.
             */
            total?: number | null;
        };
        /**
         * @description A list of cases.
         * @enum {string}
         */
        CaseListView: "mine" | "open" | "late" | "unowned" | "follow_up" | "all";
        /** @description What is to be done next, and by when. */
        CaseNext: {
            /** @description By when. */
            due_at: components["schemas"]["Ts"];
            /** @description In words, if somebody wrote them. */
            note?: string | null;
            /** @description What. */
            step: components["schemas"]["NextStep"];
        };
        /** @description Somebody by name: an employee, or an account without one. */
        CasePerson: {
            /** @description Employee or account. */
            id: string;
            /** @description Name on screen. */
            name: string;
        };
        /** @description What the customer is promised, in parts: the sentence is put together from the texts. Shown and stored by one function. */
        CasePromise: {
            arrive?: components["schemas"]["PromisedTime"] | null;
            /** @description From when the arrival counts. */
            arrive_from: components["schemas"]["ArriveFrom"];
            /** @description At this instant. */
            at: components["schemas"]["Ts"];
            next_change_at?: components["schemas"]["Ts"] | null;
            /** @description Whether the desk is open now. */
            open_now: boolean;
            /**
             * Format: int64
             * @description By this version of the policy.
             */
            policy_version: number;
            respond?: components["schemas"]["PromisedTime"] | null;
            /** @description For this severity. */
            severity: components["schemas"]["Severity"];
        };
        /** @description A step that needs a reason: withdrawing, reopening, declining. */
        CaseReason: {
            /** @description Why. */
            reason: string;
        };
        /** @description A case by its number: what a refusal or a proposal points to. */
        CaseRef: {
            /** @description Its id. */
            id: components["schemas"]["CaseId"];
            /** @description Its number. */
            number: string;
            /** @description Its state. */
            state: components["schemas"]["StateName"];
        };
        /** @description A case as lists show it. */
        CaseRow: {
            asset?: components["schemas"]["CaseAsset"] | null;
            back?: components["schemas"]["Working"] | null;
            /** @description How the report came in. */
            channel: components["schemas"]["ReportChannel"];
            /** @description Its clocks. */
            clocks: components["schemas"]["ClockView"][];
            coverage?: components["schemas"]["CoverageBadge"] | null;
            /** @description Whose it is. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The customer's name. */
            customer_name: string;
            escalated_at?: components["schemas"]["Ts"] | null;
            /** @description To whom it is offered, while that waits. */
            hand_over_to?: string | null;
            /** @description Its id. */
            id: components["schemas"]["CaseId"];
            /** @description What the customer wants. */
            kind: components["schemas"]["CaseKind"];
            /** @description Whether that is overdue. */
            late: boolean;
            next?: components["schemas"]["CaseNext"] | null;
            /** @description `SQ20261122-0001`. */
            number: string;
            onsite_agreed_at?: components["schemas"]["Ts"] | null;
            /** @description The one owner. */
            owner: components["schemas"]["CasePerson"];
            /** @description When it was reported. */
            reported_at: components["schemas"]["Ts"];
            /** @description How much the fault hinders. */
            severity: components["schemas"]["Severity"];
            /** @description Where. */
            site_id: components["schemas"]["SiteId"];
            /** @description The site's name. */
            site_name: string;
            /** @description Its state. */
            state: components["schemas"]["StateName"];
            /** @description What happens. */
            symptom: string;
            /** @description The owning unit. */
            unit: components["schemas"]["CaseUnit"];
            until?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
            /** @description How much the customer is cared for. */
            vip_level: components["schemas"]["VipLevel"];
            /** @description The zone in which its times are shown. */
            zone: string;
        };
        /** @description A unit by name. */
        CaseUnit: {
            /** @description Its id. */
            id: components["schemas"]["UnitId"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
        };
        /** @description A case in full. */
        CaseView: components["schemas"]["CaseRow"] & {
            /** @description Street, building, entrance. */
            address: string;
            /** @description The agreements to a visit, oldest first. */
            agreements: components["schemas"]["OnsiteAgreementView"][];
            /** @description What keeps it open. */
            blockers: components["schemas"]["Blocker"][];
            /** @description The cases that follow it, open ones first; 200 at most. */
            children: components["schemas"]["FamilyMember"][];
            contact?: components["schemas"]["CaseContact"] | null;
            department?: components["schemas"]["DepartmentKind"] | null;
            /** @description Answers about the effect on use. */
            effects: {
                [key: string]: boolean;
            };
            ended_at?: components["schemas"]["Ts"] | null;
            /** @description The hand-overs, oldest first. */
            hand_over_list: components["schemas"]["HandOverView"][];
            /**
             * Format: int64
             * @description How often it was handed over.
             */
            hand_overs: number;
            merged_into?: components["schemas"]["CaseId"] | null;
            parent?: components["schemas"]["FamilyMember"] | null;
            parent_solution?: components["schemas"]["ParentSolution"] | null;
            /** @description How far help by phone has come. */
            phone: components["schemas"]["PhoneProgress"];
            /** @description The attempts by phone, oldest first. */
            phone_supports: components["schemas"]["PhoneSupportView"][];
            /**
             * Format: int64
             * @description The policy in force at the report.
             */
            policy_version: number;
            /** @description The promise as it was given. */
            promise: components["schemas"]["CasePromise"];
            /** @description When the customer can be reached. */
            reachable_when?: string | null;
            /**
             * Format: int64
             * @description How often it was reopened.
             */
            reopened: number;
            /** @description Who took the report. */
            reported_by: components["schemas"]["CasePerson"];
            resolved_at?: components["schemas"]["Ts"] | null;
            resolved_how?: components["schemas"]["ResolvedHow"] | null;
            rework_of?: components["schemas"]["CaseId"] | null;
            rework_proposal?: components["schemas"]["ReworkProposal"] | null;
            second_unit_id?: components["schemas"]["UnitId"] | null;
            /** @description Why a person set another severity than the answers give. */
            severity_reason?: string | null;
            /** @description What this reader may do now. */
            steps: components["schemas"]["OpenStep"][];
            /** @description The class of the symptom. */
            symptom_class?: string | null;
            symptom_name?: components["schemas"]["Both"] | null;
        };
        /**
         * @description Why a decision was made.
         * @enum {string}
         */
        Cause: "reported" | "exclusion" | "facts_changed" | "calendar_published";
        /** @description A certificate with its expiry (P2). */
        Certificate: {
            /** @description What it allows, e.g. `electrician`, `work_at_height`. */
            code: string;
            /**
             * Format: date
             * @description Last day; none if it doesn't expire.
             */
            expires_on?: string | null;
            /**
             * Format: date
             * @description First day.
             */
            issued_on: string;
            /** @description Its number. */
            number: string;
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
        /** @description Another severity (P45). */
        ChangeSeverity: {
            /** @description Why; needed for lowering it. */
            reason?: string | null;
            /** @description The new one. */
            severity: components["schemas"]["Severity"];
        };
        /** @description A unit as it should be. */
        ChangeUnit: {
            /** @description Whether it works. */
            active: boolean;
            /** @description Its departments. */
            departments: components["schemas"]["DepartmentKind"][];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            parent_id?: components["schemas"]["UnitId"] | null;
            /** @description Its IANA zone. */
            zone: string;
        };
        /**
         * @description How a message travels.
         * @enum {string}
         */
        Channel: "smtp" | "webhook";
        /** Format: uuid */
        ChargeId: string;
        /** @enum {string} */
        ChargeKind: "labour" | "parts" | "travel" | "postage" | "packing" | "training" | "patch" | "upgrade";
        /** @enum {string} */
        ChargeOutcome: "covered" | "chargeable" | "refused" | "not_included" | "undecided";
        /** @description A line of a service order. */
        ChargeView: {
            /** @description When it was added. */
            added_at: components["schemas"]["Ts"];
            /** @description The line's list price: net, tax, gross. */
            amounts: components["schemas"]["Amounts"];
            /** @description The case. */
            case_id: string;
            /** @description The coverage decision the payer comes from. */
            coverage_decision_id?: string | null;
            /** @description Currency. */
            currency: string;
            /** @description Who would pay by the coverage decision. */
            decided_payer: components["schemas"]["Payer"];
            /** @description What it is. */
            description: components["schemas"]["Both"];
            /** @description Its id. */
            id: components["schemas"]["ChargeId"];
            /** @description What it charges for. */
            kind: components["schemas"]["ChargeKind"];
            /**
             * Format: int64
             * @description Its place on the order, from 1.
             */
            ordinal: number;
            /** @description Why another payer was chosen. */
            override_reason?: string | null;
            /** @description The part. */
            part_serial?: string | null;
            /** @description Who pays. */
            payer: components["schemas"]["Payer"];
            /** @description Which of that line's prices it is (P54). */
            price_level: components["schemas"]["PriceLevel"];
            price_line_id?: components["schemas"]["PriceLineId"] | null;
            /**
             * Format: int64
             * @description The version of that price list.
             */
            price_list_version?: number | null;
            /**
             * Format: int64
             * @description Fen per unit.
             */
            price_minor: number;
            /**
             * Format: int64
             * @description Quantity in thousandths.
             */
            quantity_milli: number;
            /** @description The quote it stands on. */
            quote_id?: string | null;
            /** @description Whether the price includes the tax. */
            tax_included: boolean;
            /**
             * Format: int64
             * @description Tax in parts per million.
             */
            tax_ppm: number;
            /**
             * Format: int64
             * @description What the customer owes.
             */
            total_minor: number;
            /** @description The unit. */
            unit: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
            /**
             * Format: int64
             * @description List price that the company bears (P12).
             */
            waived_minor: number;
            /** @description The work order. */
            work_order_id: string;
        };
        /** @description The charges of a work order and their sums. */
        ChargesView: {
            /** @description The lines, in their order. */
            items: components["schemas"]["ChargeView"][];
            /** @description The sums. */
            totals: components["schemas"]["Totals"];
        };
        /** @description The device before which the engineer stands. */
        CheckDevice: {
            asset_id?: components["schemas"]["AssetId"] | null;
            /** @description How. */
            method: components["schemas"]["DeviceMethod"];
            /** @description Why the work goes on at another device than ordered; needed then. */
            reason?: string | null;
            /** @description What was scanned or typed: an address, a label, a serial number; 1 to 200 characters. */
            said: string;
        };
        /** @description A checklist as a visit carries it: copied at planning, so that a later version changes no running visit. */
        Checklist: {
            /** @description Its steps in order. */
            items: components["schemas"]["Item"][];
            /** @description Its name. */
            title: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its version; 0 is the one that holds where no other was written.
             */
            version: number;
        };
        /** Format: uuid */
        ChecklistId: string;
        /** @description The checklist as answered. */
        ChecklistPart: {
            /** @description The steps with their answers; the departure list is the company's own and isn't printed. */
            items: components["schemas"]["ItemPart"][];
            /** @description Its name. */
            title: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
        };
        /** @description A version of a checklist. */
        ChecklistView: {
            /** @description Its steps in order. */
            items: components["schemas"]["Item"][];
            /** @description Its name. */
            title: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its version; 0 is the one that holds where no other was written.
             */
            version: number;
        } & {
            /** @description Its id. */
            id: components["schemas"]["ChecklistId"];
            /** @description The job. */
            kind: components["schemas"]["WorkOrderKind"];
            /** @description When it was made. */
            made_at: components["schemas"]["Ts"];
            product_id?: components["schemas"]["ProductId"] | null;
        };
        /** @enum {string} */
        ClauseKey: "acceptance_year" | "agreement" | "abnormal_operation" | "self_dismantled" | "non_designated" | "mixed_system" | "out_of_period" | "repaired_part" | "part_sale" | "sold_part" | "customer_pays" | "training_free" | "patch_included" | "patch_unlicensed" | "upgrade_quoted" | "rework";
        /** @description A clause of the promise, in the policy's own words. */
        ClauseView: {
            /** @description Its key. */
            key: components["schemas"]["ClauseKey"];
            /** @description The promise, such as `P28`. */
            promise: string;
            /** @description What it says. */
            text: components["schemas"]["Both"];
        };
        /** @description A clock under earlier terms. */
        ClockEraView: {
            breached_at?: components["schemas"]["Ts"] | null;
            due_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description The policy version.
             */
            policy_version: number;
            /** @description The severity. */
            severity: components["schemas"]["Severity"];
            /**
             * Format: int64
             * @description Seconds promised.
             */
            target_s: number;
            until?: components["schemas"]["Ts"] | null;
        };
        /** Format: uuid */
        ClockId: string;
        /**
         * @description How a clock stands.
         * @enum {string}
         */
        ClockStatus: "running" | "paused" | "met" | "missed" | "stopped";
        /** @description A clock as shown: derived from its events at the instant of the answer. */
        ClockView: {
            breached_at?: components["schemas"]["Ts"] | null;
            /** @description The name of the calendar whose time counts. */
            calendar_name: components["schemas"]["Both"];
            due_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Seconds used of the calendar's time.
             */
            elapsed_s: number;
            /** @description What the clock was before its terms changed, oldest first (P45). */
            history: components["schemas"]["ClockEraView"][];
            /** @description Its id. */
            id: components["schemas"]["ClockId"];
            /** @description Why it stands still, if it does. */
            paused_reason?: string | null;
            paused_until?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description The policy version whose terms count.
             */
            policy_version: number;
            /** @description What it measures. */
            promise: components["schemas"]["Promise"];
            /** @description Leans on a year whose holidays aren't published yet (decision 12). */
            provisional: boolean;
            /**
             * Format: int64
             * @description Seconds left of the calendar's time; negative once overdue.
             */
            remaining_s: number;
            /** @description The severity whose target counts. */
            severity: components["schemas"]["Severity"];
            /** @description From when it counts. */
            started_at: components["schemas"]["Ts"];
            /** @description How it stands. */
            status: components["schemas"]["ClockStatus"];
            stopped_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Seconds promised.
             */
            target_s: number;
            /** @description Whether only working time counts (工作时间), or all time (自然时间). */
            working_time: boolean;
        };
        /** @description A closed day. */
        ClosedDayView: {
            /**
             * Format: date
             * @description The day.
             */
            date: string;
            name?: components["schemas"]["Both"] | null;
        };
        /** @description Why a code is made anew or revoked. */
        CodeReason: {
            /** @description Why; needed where one is in use. */
            reason?: string | null;
        };
        /** @description What is said once a code is on its way: the same for every number. */
        CodeSent: {
            /**
             * Format: int64
             * @description Seconds until another can be asked for.
             */
            again_s: number;
            /** @description The code, in a demo only. */
            demo_code?: string | null;
            /** @description The number, masked. */
            phone_masked: string;
        };
        /** @description The company as its papers and pages name it. */
        Company: {
            /** @description Its name. */
            name: string;
            /** @description Its IANA zone. */
            zone: string;
        };
        /** @description The company with its version. */
        CompanyView: {
            /** @description Its name; empty until the system is set up. */
            name: string;
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
            /** @description Its IANA zone. */
            zone: string;
        };
        /** @description A complaint. */
        Complain: {
            /** @description In words. */
            words: string;
        };
        /**
         * @description What was found (P9): no complaint closes without it.
         * @enum {string}
         */
        ComplaintFinding: "founded" | "partly" | "unfounded";
        /** @description Somebody a complaint concerns, or who did something about it. */
        ComplaintPerson: {
            /** @description Employee or account. */
            id: string;
            /** @description Name on screen; empty if it is nobody's any more. */
            name: string;
        };
        /**
         * @description What the customer says to the answer.
         * @enum {string}
         */
        ComplaintReaction: "content" | "not_content" | "no_answer";
        /** @description The complaint that came of a call. */
        ComplaintRef: {
            /** @description Its case. */
            id: components["schemas"]["CaseId"];
            /** @description Its number. */
            number: string;
        };
        /** @description A complaint as lists show it. */
        ComplaintRow: {
            about_case_id?: components["schemas"]["CaseId"] | null;
            /** @description That case's number. */
            about_number?: string | null;
            /** @description Its case. */
            case_id: components["schemas"]["CaseId"];
            closed_at?: components["schemas"]["Ts"] | null;
            /** @description Whose it is. */
            customer_name: string;
            due_at?: components["schemas"]["Ts"] | null;
            finding?: components["schemas"]["ComplaintFinding"] | null;
            /** @description Whether that is over. */
            late: boolean;
            /** @description Whether that is the reader. */
            mine: boolean;
            /** @description The case's number. */
            number: string;
            /** @description Who answers it. */
            owner: components["schemas"]["ComplaintPerson"];
            /** @description When it came. */
            received_at: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description How often an answer was owed again.
             */
            rounds: number;
            /** @description Where. */
            site_id: components["schemas"]["SiteId"];
            /** @description The site's name. */
            site_name: string;
            /** @description How far it has come. */
            state: components["schemas"]["ComplaintState"];
            /** @description What the customer says. */
            words: string;
            /** @description The zone of the times. */
            zone: string;
        };
        /**
         * @description How far a complaint has come.
         * @enum {string}
         */
        ComplaintState: "received" | "acknowledged" | "answered" | "closed";
        /** @description What the customer sees of their complaint. */
        ComplaintTold: {
            /** @description The answer. */
            answer?: string | null;
            answered_at?: components["schemas"]["Ts"] | null;
            due_at?: components["schemas"]["Ts"] | null;
            reaction?: components["schemas"]["ComplaintReaction"] | null;
            /** @description How far it has come. */
            state: components["schemas"]["ComplaintState"];
        };
        /** @description A complaint in full. */
        ComplaintView: components["schemas"]["ComplaintRow"] & {
            acknowledged_at?: components["schemas"]["Ts"] | null;
            /** @description Who. */
            acknowledged_by?: string | null;
            /** @description What the customer is told. */
            answer?: string | null;
            answered_at?: components["schemas"]["Ts"] | null;
            /** @description By whom. */
            answered_by?: string | null;
            /** @description Why it came to it. */
            cause?: string | null;
            /** @description Whom it concerns: nobody in their line answers it (P9). */
            concerned: components["schemas"]["ComplaintPerson"][];
            /** @description Whether the reader may answer it. */
            may_answer: boolean;
            reacted_at?: components["schemas"]["Ts"] | null;
            reaction?: components["schemas"]["ComplaintReaction"] | null;
            /** @description In words. */
            reaction_words?: string | null;
            /** @description What is done about it. */
            remedy?: string | null;
            unanswered_closes_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Version.
             */
            version: number;
        };
        /** @description Whom a complaint concerns. */
        ConcernPeople: {
            /** @description Employees, 1 to 10. */
            employee_ids: components["schemas"]["EmployeeId"][];
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
        /** @description Who is called back: a known contact, or somebody new by name and number. */
        ContactChoice: {
            id?: components["schemas"]["ContactId"] | null;
            /** @description A new contact's name; may stay empty. */
            name?: string | null;
            /** @description A new contact's number, in any format. */
            phone?: string | null;
            /** @description What a new contact is there. */
            role?: string | null;
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
        /** @description What can be corrected of a report. */
        CorrectCase: {
            asset_id?: components["schemas"]["AssetId"] | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            /** @description When the customer can be reached. */
            reachable_when?: string | null;
            /** @description What happens. */
            symptom: string;
            /** @description The class of the symptom. */
            symptom_class?: string | null;
        };
        /** @description The verdict in one line, for lists and the intake form. */
        CoverageBadge: {
            layer?: components["schemas"]["Layer"] | null;
            /** @description Whether a holiday list still to come may move the day (decision 12). */
            provisional: boolean;
            /** @description In words. */
            text: components["schemas"]["Both"];
            /**
             * Format: date
             * @description The last covered day, until 24:00; of the cover that ended when the verdict is chargeable.
             */
            until?: string | null;
            /** @description Covered, chargeable, or not known yet. */
            verdict: components["schemas"]["Verdict"];
        };
        /** @description What becomes of one kind of charge. */
        CoverageChargeView: {
            /** @description The clause it rests on. */
            clause: components["schemas"]["ClauseView"];
            /** @description The kind. */
            kind: components["schemas"]["ChargeKind"];
            limited_to?: components["schemas"]["PartLimitView"] | null;
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description What becomes of it. */
            outcome: components["schemas"]["ChargeOutcome"];
            /** @description Whether a person set the payer. */
            overruled: boolean;
            payer?: components["schemas"]["Payer"] | null;
        };
        /** Format: uuid */
        CoverageDecisionId: string;
        /** @description A kept decision of a case. */
        CoverageDecisionView: {
            /** @description The asset. */
            asset_id: string;
            /** @description The case. */
            case_id: string;
            /** @description Why it was made. */
            cause: components["schemas"]["Cause"];
            /** @description When. */
            decided_at: components["schemas"]["Ts"];
            /** @description Whose command made it. */
            decided_by: string;
            /** @description What holds, overrulings included. */
            decision: components["schemas"]["DecisionView"];
            /** @description The engine's own verdict, whatever people overruled. */
            engine_verdict: components["schemas"]["Verdict"];
            /** @description Exclusions that people saw on this case. */
            findings: components["schemas"]["ExclusionFindingView"][];
            /** @description Its id. */
            id: components["schemas"]["CoverageDecisionId"];
            /**
             * Format: int64
             * @description Its place among the decisions of the case, from 1.
             */
            ordinal: number;
            /** @description Work by others on the asset, against the list of designated persons and firms (P33). */
            outside_work: components["schemas"]["OutsideWorkView"][];
            /** @description What people changed, oldest first. */
            overrulings: components["schemas"]["OverrulingView"][];
        };
        /** @enum {string} */
        CoverageKind: "rework" | "acceptance_year" | "agreement" | "repaired_part" | "sold_part" | "out_of_period" | "excluded" | "part_sale" | "training" | "patch" | "upgrade";
        /** @description Whether it is free, and why. */
        CoveragePart: {
            /** @description The promise the verdict rests on, such as `P28`. */
            clause?: string | null;
            /** @description The stored decision. */
            decision_id: string;
            /** @description Exclusions that were decided (P31-P34). */
            exclusions: string[];
            /**
             * Format: int64
             * @description The version of the service policy.
             */
            policy_version: number;
            /** @description The reasons, the deciding one first. */
            reasons: components["schemas"]["Both"][];
            /** @description The last covered day, `YYYY-MM-DD`. */
            until?: string | null;
            /** @description `covered`, `chargeable` or `undecided`. */
            verdict: string;
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
        /** @description What a customer is entitled to beyond the standard price (P54), as whoever charges knows it. */
        CustomerLevels: {
            /** @description A service agreement of the customer is in force. */
            agreement: boolean;
            /** @description The customer is a VIP. */
            vip: boolean;
        };
        /** @description What a customer has, on one page. */
        CustomerPage: components["schemas"]["CustomerView"] & {
            /** @description Its contacts within reach, at most 200. */
            contacts: components["schemas"]["ContactView"][];
            /** @description Whether it has more contacts than these. */
            more_contacts: boolean;
            /** @description Its sites within reach, at most 200. */
            site_list: components["schemas"]["Site"][];
        };
        /** @description A photo of a customer. */
        CustomerPhotoView: {
            /** @description When. */
            added_at: components["schemas"]["Ts"];
            /** @description The file. */
            sha256: string;
        };
        /**
         * @description What a customer asks for.
         * @enum {string}
         */
        CustomerRequestKind: "chase" | "move" | "addition" | "complaint";
        /**
         * @description How far a request has come.
         * @enum {string}
         */
        CustomerRequestState: "open" | "accepted" | "declined" | "seen";
        /** @description What a customer asks for, as the desk sees it. */
        CustomerRequestView: {
            /** @description What the customer is told. */
            answer?: string | null;
            answered_at?: components["schemas"]["Ts"] | null;
            /** @description The case. */
            case_id: components["schemas"]["CaseId"];
            /** @description Its number. */
            case_number: string;
            complaint_case_id?: components["schemas"]["CaseId"] | null;
            /** @description Its id. */
            id: components["schemas"]["RequestId"];
            /** @description What. */
            kind: components["schemas"]["CustomerRequestKind"];
            /** @description When it was asked. */
            made_at: components["schemas"]["Ts"];
            /** @description Whether the case is the reader's. */
            mine: boolean;
            /** @description The site. */
            site_id: components["schemas"]["SiteId"];
            /** @description Its name. */
            site_name: string;
            /** @description How far it has come. */
            state: components["schemas"]["CustomerRequestState"];
            /**
             * Format: int64
             * @description Version.
             */
            version: number;
            wish_end?: components["schemas"]["Ts"] | null;
            wish_start?: components["schemas"]["Ts"] | null;
            /** @description In words. */
            words?: string | null;
            /** @description The zone of the times. */
            zone: string;
        };
        /** @description The customer's side of a case. */
        CustomerSide: {
            /** @description Links, the newest first. */
            links: components["schemas"]["TrackingLinkView"][];
            /** @description Photos, the newest first. */
            photos: components["schemas"]["CustomerPhotoView"][];
            /** @description What was asked for, the newest first. */
            requests: components["schemas"]["CustomerRequestView"][];
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
        /** @description A card of an engineer's day: enough to work without a signal (decision 13). */
        DayCard: components["schemas"]["VisitView"] & {
            /** @description Per exclusion: the verdict and payers if it were decided. */
            exclusions: components["schemas"]["ExclusionPreviewView"][];
            /** @description The last five visits to the site, newest first. */
            history: components["schemas"]["PastVisit"][];
            /** @description Which prices the customer is entitled to (P54). */
            price_levels: components["schemas"]["CustomerLevels"];
        };
        /** @description The optimiser's plan beside the one that stands. It changes nothing: accepting is another step. */
        DayPlan: {
            /** @description Planned visits that stay. */
            kept: components["schemas"]["PlanKept"][];
            /** @description Work orders for which there is nobody. */
            left_out: components["schemas"]["PlanLeftOut"][];
            /** @description There are more work orders than were planned for, at most 500, the most urgent first. */
            more: boolean;
            /** @description Planned visits that go to somebody else, in an order in which they can be moved. */
            moves: components["schemas"]["PlanMove"][];
            /** @description Reckoned at this instant. */
            now: components["schemas"]["Ts"];
            /** @description Visits for work orders that have none, by arrival. */
            proposals: components["schemas"]["PlanProposal"][];
            /** @description By which roads it was reckoned. */
            roads: components["schemas"]["RoadsUsed"];
            /** @description What the plan costs, term by term, before and after; terms without any are left away. */
            terms: components["schemas"]["PlanTerm"][];
            /** @description Work that begins later is not planned. */
            until: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description The number of the published version that it is, where the unit's plan goes on by itself and nothing has changed since.
             */
            version?: number | null;
        };
        /** @description A person's decision on a proposed exclusion; evidence may come with it. */
        DecideExclusion: {
            acknowledgement?: components["schemas"]["Acknowledge"] | null;
            /** @description Whether it applies. */
            applies: boolean;
            /** @description Whether the explanation was shown to the customer. */
            explained?: boolean;
            /** @description SHA-256 of further photos. */
            photos?: string[];
            /** @description Why. */
            reason: string;
            /** @description SHA-256 of the signature, when the customer signed. */
            signature_sha256?: string | null;
            /** @description What was found, in words. */
            text?: string | null;
        };
        /** @description A verdict with its reasons. */
        DecisionView: {
            /** @description In one line. */
            badge: components["schemas"]["CoverageBadge"];
            /** @description One line per kind of charge. */
            charges: components["schemas"]["CoverageChargeView"][];
            clause?: components["schemas"]["ClauseView"] | null;
            coverage?: components["schemas"]["CoverageKind"] | null;
            /** @description Exclusions that apply. */
            exclusions: components["schemas"]["ExclusionCode"][];
            layer?: components["schemas"]["Layer"] | null;
            /** @description Sources of cover that were looked at. */
            layers: components["schemas"]["LayerView"][];
            /** @description What must be known before all is decided. */
            missing: components["schemas"]["MissingView"][];
            period?: components["schemas"]["PeriodView"] | null;
            /**
             * Format: int64
             * @description The policy version used.
             */
            policy_version: number;
            /** @description Exclusions that are proposed. */
            proposals: components["schemas"]["ProposalView"][];
            /** @description Years whose holiday lists are not published and may move a day (decision 12). */
            provisional_years: number[];
            /** @description Why, the deciding reason first. */
            reasons: components["schemas"]["ReasonView"][];
            /**
             * Format: date
             * @description The day cover was judged at: the report's day at the site (P28).
             */
            reported_on: string;
            /** @description The verdict that holds. */
            verdict: components["schemas"]["Verdict"];
        };
        /** @description A repaired or sold part delivered to the customer: the start of its own warranty (P49, P53). */
        DeliverPart: {
            /** @description The asset it is in. */
            asset_id: string;
            /**
             * Format: date
             * @description The day of delivery.
             */
            delivered_on: string;
            /** @description Repaired or sold. */
            kind: components["schemas"]["PartWarrantyKind"];
            /** @description The part: specification or model. */
            part: string;
            /** @description Its serial number. */
            serial: string;
            /** @description The number of the depot repair or order. */
            source_number: string;
        };
        /**
         * @description Why a message did not leave.
         * @enum {string}
         */
        DeliveryFailure: "no_server" | "server_unusable" | "no_address" | "mail_invalid" | "no_words" | "webhook_off" | "webhook_invalid" | "private" | "not_found" | "no_connection" | "tls" | "silent" | "redirected" | "refused" | "gone" | "restored";
        /** Format: uuid */
        DeliveryId: string;
        /**
         * @description How far a delivery has come.
         * @enum {string}
         */
        DeliveryState: "waiting" | "delivered" | "failed";
        /** @description A delivery as lists show it: no address in full. */
        DeliveryView: {
            /** @description When it happened. */
            at: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description Attempts so far.
             */
            attempts: number;
            /** @description The case, if it is about one. */
            case_id?: string | null;
            /** @description Its number. */
            case_number?: string | null;
            /** @description How it travels. */
            channel: components["schemas"]["Channel"];
            /** @description When it was put on the list. */
            created_at: components["schemas"]["Ts"];
            delivered_at?: components["schemas"]["Ts"] | null;
            failure?: components["schemas"]["DeliveryFailure"] | null;
            /** @description Its id. */
            id: components["schemas"]["DeliveryId"];
            /** @description What happened: the kind of the event, or `test`. */
            kind: string;
            /** @description What the other side or the network said about it, in its own words. */
            last_error?: string | null;
            /** @description The `Message-ID` or `webhook-id`. */
            message_id: string;
            /** @description Their address, masked, or the webhook's URL. */
            recipient?: string | null;
            /** @description To whom. */
            recipient_id: string;
            /** @description What `recipient_id` names. */
            recipient_kind: components["schemas"]["RecipientKind"];
            /** @description How far it has come. */
            state: components["schemas"]["DeliveryState"];
        };
        /** @description The demo as its administrator sees it. */
        Demo: {
            /** @description A login per role. */
            logins: components["schemas"]["DemoLogin"][];
            /** @description The demo's present. */
            now: components["schemas"]["Ts"];
            /** @description The password of all demo accounts. */
            password: string;
        };
        /** @description Where the demo's clock stands. */
        DemoClock: {
            /** @description The demo's present. */
            now: components["schemas"]["Ts"];
        };
        /** @description A login of the demo. */
        DemoLogin: {
            login: string;
            role: components["schemas"]["Role"];
        };
        /** @description Setting out (P20). */
        Depart: {
            /** @description Answers to the departure steps: work clothes, badge, tools. */
            answers?: components["schemas"]["Answered"][];
        };
        /** @description A department of a unit. */
        Department: {
            /** @description Its id. */
            id: components["schemas"]["DepartmentId"];
            /** @description What it is. */
            kind: components["schemas"]["DepartmentKind"];
        };
        /** Format: uuid */
        DepartmentId: string;
        /**
         * @description A department of headquarters (P3).
         * @enum {string}
         */
        DepartmentKind: "engineering" | "after_sales" | "technical_service";
        /** Format: uuid */
        DesignatedId: string;
        /** @description A person or firm designated to guide, install or repair in the company's name, for some days. */
        DesignatedInput: {
            /** @description A person or a firm. */
            kind: components["schemas"]["DesignatedKind"];
            /** @description The name as on the contract, 1 to 120 characters. */
            name: string;
            /** @description Contract number, scope; at most 200 characters. */
            remark?: string;
            /**
             * Format: date
             * @description First day.
             */
            valid_from: string;
            /**
             * Format: date
             * @description Last day; left out until further notice.
             */
            valid_to?: string | null;
        };
        /**
         * @description Whether a person or a firm is designated.
         * @enum {string}
         */
        DesignatedKind: "person" | "firm";
        /** @description An entry of the list. */
        DesignatedView: {
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description Its id. */
            id: components["schemas"]["DesignatedId"];
            /** @description A person or a firm. */
            kind: components["schemas"]["DesignatedKind"];
            /** @description The name. */
            name: string;
            /** @description Contract number, scope. */
            remark: string;
            /**
             * Format: date
             * @description First day.
             */
            valid_from: string;
            /**
             * Format: date
             * @description Last day; absent until further notice.
             */
            valid_to?: string | null;
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description A call as it comes up on a screen. */
        DeskCall: {
            /** @description The call. */
            call: components["schemas"]["CallView"];
            hotline?: components["schemas"]["Both"] | null;
            /** @description Whether it rings at, or was taken by, this desk; otherwise anybody may take it. */
            mine: boolean;
        };
        /** @description Which phone stands on one's desk. */
        DeskPhone: {
            /** @description Its extension. */
            extension?: string | null;
            /** @description Whether calls come up on the screen. */
            takes_calls: boolean;
        };
        /** Format: uuid */
        DeviceCheckId: string;
        /** @description The device before which the engineer stood. */
        DeviceCheckView: {
            asset_id?: components["schemas"]["AssetId"] | null;
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description Its id. */
            id: components["schemas"]["DeviceCheckId"];
            /** @description Whether it is the one ordered. */
            matches: boolean;
            /** @description How it was named. */
            method: components["schemas"]["DeviceMethod"];
            /** @description Why the work went on there all the same. */
            reason?: string | null;
            /** @description What was scanned or typed. */
            said: string;
            /** @description On which visit. */
            visit_id: components["schemas"]["VisitId"];
        };
        /**
         * @description How a device was named before which an engineer stands.
         * @enum {string}
         */
        DeviceMethod: "scan" | "typed";
        /** @description What a dispatcher starts the day with. */
        DispatchHome: {
            /**
             * Format: int64
             * @description Visits whose window is over without an arrival.
             */
            late: number;
            /** @description The latest of the late ones, at most 8. */
            late_visits: components["schemas"]["LateVisit"][];
            /**
             * Format: int64
             * @description Visits that the engineer was not told of yet.
             */
            proposed: number;
            /**
             * Format: int64
             * @description Visits of today.
             */
            today: number;
            /**
             * Format: int64
             * @description Visits that the engineer has not answered.
             */
            unanswered: number;
            /**
             * Format: int64
             * @description Work orders without a planned visit, and agreed visits without a work order.
             */
            unassigned: number;
        };
        /** @description A division of China. */
        DivisionView: {
            /** @description 2, 4 or 6 digits. */
            code: string;
            /** @description 省市县 in one line. */
            full_name: string;
            /** @description Its level. */
            level: components["schemas"]["Level"];
            /** @description Its name. */
            name: string;
            point?: components["schemas"]["Point"] | null;
            unit_id?: components["schemas"]["UnitId"] | null;
        };
        /** @description The mailbox of people on duty in a unit and below it. */
        Duty: {
            /** @description The address. */
            email: string;
            /** @description The language of its messages. */
            lang?: components["schemas"]["Lang"];
            /** @description The unit; the nearest one above a record that has a mailbox is told. */
            unit_id: string;
        };
        /** @description An earlier visit of the same order. */
        EarlierVisit: {
            arrived_at?: components["schemas"]["Ts"] | null;
            left_at?: components["schemas"]["Ts"] | null;
            /** @description Its number. */
            number: string;
        };
        /**
         * @description Schooling, for the headcount report (P2).
         * @enum {string}
         */
        Education: "secondary" | "college" | "bachelor" | "master" | "doctor";
        /** @description What it does to what was promised and to somebody's day, that they go to a work order at a time that a person chose. */
        Effect: {
            /** @description What speaks against it. */
            against: components["schemas"]["ProposalReason"][];
            arrive_at?: components["schemas"]["Ts"] | null;
            /** @description What is to be known besides. */
            besides: components["schemas"]["ProposalReason"][];
            /**
             * Format: int64
             * @description Seconds on the road that their day grows by; negative if it gets shorter, none if a way is not known.
             */
            detour_s?: number | null;
            /** @description Who. */
            engineer_id: components["schemas"]["EmployeeId"];
            /**
             * Format: int64
             * @description Seconds between the arrival and when it is due; negative if the promise would be broken, none if nothing is due.
             */
            margin_s?: number | null;
            /**
             * Format: int64
             * @description Seconds by which what they do next begins later; 0 if it doesn't.
             */
            next_late_s: number;
            /** @description Reckoned at this instant. */
            now: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description Seconds of work past the end of the shift.
             */
            overtime_s: number;
            /** @description Whether it can be planned like that: nobody is at two visits at once. */
            possible: boolean;
            /** @description By which roads it was reckoned. */
            roads: components["schemas"]["RoadsUsed"];
            /** @description The time that was chosen. */
            window: components["schemas"]["Window"];
        };
        /** @description A grave effect on the customer's business, to be ticked if it is so. */
        EffectChoice: {
            /** @description The answer to the policy's question that a tick stands for. */
            answer: boolean;
            /** @description The code. */
            code: string;
            /** @description What a tick says. */
            statement: components["schemas"]["Both"];
        };
        /** @description A question about the effect of a fault, with a yes or no. */
        EffectQuestion: {
            /** @description Stable name, e.g. `people_pass`. */
            code: string;
            /** @description The answer that makes the fault major. */
            major_if: boolean;
            /** @description What the agent asks. */
            question: components["schemas"]["Both"];
            /** @description Why it does, for the timeline and the customer. */
            reason: components["schemas"]["Both"];
        };
        /** @description A person of the company (P2). */
        Employee: {
            /** @description Whether they work here. */
            active: boolean;
            /** @description The number on the badge (P66). */
            badge_number: string;
            /**
             * Format: date
             * @description Last day on which the badge is valid.
             */
            badge_valid_until?: string | null;
            base?: components["schemas"]["Point"] | null;
            /** @description What they are allowed to do. */
            certificates: components["schemas"]["Certificate"][];
            department?: components["schemas"]["DepartmentKind"] | null;
            education?: components["schemas"]["Education"] | null;
            /** @description Their id. */
            id: components["schemas"]["EmployeeId"];
            /** @description Their name. */
            name: string;
            /** @description The photo shown to the customer (P21). */
            photo_sha256?: string | null;
            /** @description Their job. */
            role: components["schemas"]["Role"];
            /** @description When they work. */
            shifts: components["schemas"]["Shift"][];
            /** @description What they can do. */
            skills: components["schemas"]["Skill"][];
            /** @description The unit they work in. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
        };
        /** Format: uuid */
        EmployeeId: string;
        /** @description An employee as they should be (P2). */
        EmployeeInput: {
            /** @description Whether they work here. */
            active?: boolean;
            /** @description The number on the badge. */
            badge_number: string;
            /**
             * Format: date
             * @description Last day on which the badge is valid.
             */
            badge_valid_until?: string | null;
            base?: components["schemas"]["Point"] | null;
            /** @description What they are allowed to do. */
            certificates?: components["schemas"]["Certificate"][];
            department?: components["schemas"]["DepartmentKind"] | null;
            /** @description Schooling. */
            education: components["schemas"]["Education"];
            /** @description Their name. */
            name: string;
            /** @description A stored photo. */
            photo_sha256?: string | null;
            /** @description Their job. */
            role: components["schemas"]["Role"];
            /** @description When they work. */
            shifts?: components["schemas"]["Shift"][];
            /** @description What they can do. */
            skills?: components["schemas"]["Skill"][];
            /** @description The unit they work in. */
            unit_id: components["schemas"]["UnitId"];
        };
        /** @description The end of a call (P1). */
        EndCall: {
            ended_at?: components["schemas"]["Ts"] | null;
            outcome?: components["schemas"]["CallOutcome"] | null;
        };
        /** @description A second factor that waits for its first code. */
        Enrolment: {
            /** @description The same as a QR code, SVG. */
            qr_svg: string;
            /** @description The secret, to be typed into an authenticator: base32. Shown once. */
            secret: string;
            /** @description The same for a program: `otpauth://totp/…`. */
            uri: string;
        };
        /** Format: uuid */
        EvidenceId: string;
        /** @enum {string} */
        EvidenceKind: "photo" | "text";
        /** @description A photo. */
        EvidenceView: {
            /** @description When the server took it. */
            at: components["schemas"]["Ts"];
            device_at?: components["schemas"]["Ts"] | null;
            /** @description Its id. */
            id: components["schemas"]["EvidenceId"];
            /** @description What it shows. */
            kind: components["schemas"]["VisitEvidenceKind"];
            /** @description A remark. */
            note?: string | null;
            /** @description SHA-256 of the file. */
            sha256: string;
            /** @description On which visit. */
            visit_id: components["schemas"]["VisitId"];
        };
        /**
         * @description How well a record matched, best first when sorted descending.
         * @enum {string}
         */
        Exactness: "similar" | "initials" | "within" | "ending" | "beginning" | "exact";
        /** @description An exclusion seen on site (P31-P34), with its decision if the engineer makes it. */
        ExcludeOnSite: {
            acknowledgement?: components["schemas"]["Acknowledge"] | null;
            /** @description Which of P31-P34. */
            code: components["schemas"]["ExclusionCode"];
            decision?: components["schemas"]["ExclusionRuling"] | null;
            /** @description Whether the explanation was shown to the customer. */
            explained?: boolean;
            /** @description SHA-256 of photos that were sent before; they become evidence of the visit too. */
            photos?: string[];
            /** @description SHA-256 of the signature, when the customer signed. */
            signature_sha256?: string | null;
            /** @description What was found, in words. */
            text?: string | null;
        };
        /** @enum {string} */
        ExclusionCode: "abnormal_operation" | "self_dismantled" | "non_designated" | "mixed_system" | "out_of_period";
        /** @description A piece of evidence. */
        ExclusionEvidenceView: {
            /** @description When it was added. */
            added_at: components["schemas"]["Ts"];
            /** @description Photo or text. */
            kind: components["schemas"]["EvidenceKind"];
            /** @description Digest of the photo. */
            sha256?: string | null;
            /** @description The words. */
            text?: string | null;
        };
        /** @description An exclusion somebody saw, and what became of it. */
        ExclusionFindingView: {
            acknowledged_at?: components["schemas"]["Ts"] | null;
            acknowledgement?: components["schemas"]["Acknowledge"] | null;
            /** @description The case. */
            case_id: string;
            /** @description Which of P31-P34. */
            code: components["schemas"]["ExclusionCode"];
            /** @description What proves it. */
            evidence: components["schemas"]["ExclusionEvidenceView"][];
            explained_at?: components["schemas"]["Ts"] | null;
            /** @description Its id. */
            id: components["schemas"]["FindingId"];
            /** @description When. */
            proposed_at: components["schemas"]["Ts"];
            /** @description Who proposed it. */
            proposed_by: string;
            ruled_at?: components["schemas"]["Ts"] | null;
            /** @description Who decided it. */
            ruled_by?: string | null;
            /** @description Why. */
            ruled_reason?: string | null;
            /** @description Digest of the customer's signature. */
            signature_sha256?: string | null;
            /** @description Where it stands. */
            state: components["schemas"]["FindingStanding"];
            /**
             * Format: int64
             * @description Its version, for `If-Match`.
             */
            version: number;
        };
        /** @description What an exclusion would change, worked out ahead for phones (decision 13). */
        ExclusionPreviewView: {
            /** @description The lines then. */
            charges: components["schemas"]["CoverageChargeView"][];
            /** @description The clause to show the customer. */
            clause: components["schemas"]["ClauseView"];
            /** @description Which. */
            code: components["schemas"]["ExclusionCode"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description What it takes (P31). */
            needs: components["schemas"]["ProposalNeed"][];
            /** @description The verdict then. */
            verdict: components["schemas"]["Verdict"];
        };
        /** @description Whether an exclusion applies. */
        ExclusionRuling: {
            /** @description Whether it applies. */
            applies: boolean;
            /** @description Why. */
            reason: string;
        };
        /** @description A code. */
        FactorCode: {
            /** @description Six digits of the authenticator. */
            code: string;
        };
        /** @description What changing it takes. */
        FactorProof: {
            /** @description Six digits of the authenticator, or a recovery code. */
            code: string;
            /**
             * Format: password
             * @description The present password.
             */
            current_password: string;
        };
        /** @description That somebody took a second factor away. */
        FactorReset: {
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description Who, by name; absent if it was done at the server's terminal. */
            by?: string | null;
            /** @description Why. */
            reason: string;
        };
        /** @description How one's second factor stands. */
        FactorState: {
            /**
             * Format: int64
             * @description Recovery codes that are left.
             */
            codes_left: number;
            /** @description Whether a role of one's own asks for it: then it can't be turned off. */
            required: boolean;
            required_from?: components["schemas"]["Ts"] | null;
            reset?: components["schemas"]["FactorReset"] | null;
            since?: components["schemas"]["Ts"] | null;
        };
        /** @description A case of the same fault. */
        FamilyMember: {
            /** @description Its id. */
            id: components["schemas"]["CaseId"];
            /** @description Its number. */
            number: string;
            /** @description Whether work is still owed. */
            open: boolean;
            /** @description Where. */
            site_name: string;
            /** @description Its state. */
            state: components["schemas"]["StateName"];
        };
        /** @description All that can be changed of a code. */
        FaultCodeInput: {
            /** @description Whether it can be chosen; one that can't keeps its name on what was recorded before. */
            active: boolean;
            /** @description Its name in both languages, 1 to 60 characters. */
            name: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its place in the list, smallest first.
             */
            ordinal: number;
            /** @description The kind of product it is for (a skill code); left out for every kind. */
            product_kind?: string | null;
        };
        /**
         * @description What a code names.
         * @enum {string}
         */
        FaultCodeKind: "fault" | "cause";
        /** @description A code of the catalogue. */
        FaultCodeView: {
            /** @description Whether it can be chosen. */
            active: boolean;
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description The code. */
            code: string;
            /** @description What it names. */
            kind: components["schemas"]["FaultCodeKind"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its place in the list.
             */
            ordinal: number;
            /** @description The kind of product it is for; absent for every kind. */
            product_kind?: string | null;
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description What was reported. */
        FaultPart: {
            onsite_agreed_at?: components["schemas"]["Ts"] | null;
            /** @description When it was reported. */
            reported_at: components["schemas"]["Ts"];
            /** @description `major` or `normal`. */
            severity?: string | null;
            /** @description The symptom as the work order names it (P42). */
            symptom: string;
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
        /** Format: uuid */
        FindingId: string;
        /** @description What was found and done. */
        FindingPart: {
            /** @description What was done. */
            action: string;
            /** @description The cause's code. */
            cause_code: string;
            /** @description The fault's code. */
            fault_code?: string | null;
            /** @description What was found. */
            text: string;
        };
        /**
         * @description Where a finding stands.
         * @enum {string}
         */
        FindingStanding: "proposed" | "decided" | "rejected";
        /** @description A finding. */
        FindingView: {
            /** @description What was done. */
            action: string;
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description The cause's code. */
            cause_code: string;
            cause_name?: components["schemas"]["Both"] | null;
            /** @description The fault's code, for rework (P74). */
            fault_code?: string | null;
            fault_name?: components["schemas"]["Both"] | null;
            /** @description What was found. */
            text: string;
            /** @description On which visit. */
            visit_id: components["schemas"]["VisitId"];
        };
        /** @description Following another case of the same fault. */
        FollowCase: {
            /** @description The open case whose solution is waited for. */
            parent_id: components["schemas"]["CaseId"];
        };
        /** @description What a follow-up agent starts the day with (P13, P7). */
        FollowUpHome: {
            /**
             * Format: int64
             * @description Calls to make.
             */
            due: number;
            /**
             * Format: int64
             * @description Of these, to be made by the end of today.
             */
            due_today: number;
            /**
             * Format: int64
             * @description Of these, past their due time.
             */
            late: number;
            /**
             * Format: int64
             * @description Scores of 1 or 2, or an answer of concern, in the last 30 days.
             */
            low: number;
            /** @description The newest of the low scores, at most 6. */
            low_scores: components["schemas"]["FollowUpRow"][];
            /** @description The next calls, at most 6. */
            next_calls: components["schemas"]["FollowUpRow"][];
        };
        /** Format: uuid */
        FollowUpId: string;
        /**
         * @description What came of it.
         * @enum {string}
         */
        FollowUpResult: "solved" | "not_solved" | "not_reached";
        /** @description A follow-up as lists show it. */
        FollowUpRow: {
            /**
             * Format: int64
             * @description Attempts so far.
             */
            attempts: number;
            /** @description Who calls or called. */
            caller_id?: string | null;
            /** @description Their name. */
            caller_name?: string | null;
            /** @description The case. */
            case_id: components["schemas"]["CaseId"];
            /** @description Its number. */
            case_number: string;
            /** @description An answer that a branch manager must look at. */
            concern: boolean;
            contact_id?: components["schemas"]["ContactId"] | null;
            /** @description Their name. */
            contact_name?: string | null;
            /** @description The customer. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description Their name. */
            customer_name: string;
            done_at?: components["schemas"]["Ts"] | null;
            /** @description When it is due (P13). */
            due_at: components["schemas"]["Ts"];
            /** @description How it was mended. */
            how: components["schemas"]["How"];
            /** @description Its id. */
            id: components["schemas"]["FollowUpId"];
            /** @description Whether it is past its due time. */
            late: boolean;
            /** @description When to call next. */
            next_at: components["schemas"]["Ts"];
            /** @description `HF20261122-0001`. */
            number: string;
            /** @description Their number, masked. */
            phone_masked?: string | null;
            /**
             * Format: int64
             * @description The score (P7).
             */
            rating?: number | null;
            result?: components["schemas"]["FollowUpResult"] | null;
            /** @description Who did the work; nobody of these may call. */
            served_by?: string | null;
            /** @description Their name. */
            served_by_name?: string | null;
            /** @description The site. */
            site_id: components["schemas"]["SiteId"];
            /** @description Its name. */
            site_name: string;
            /** @description How far it has come. */
            state: components["schemas"]["FollowUpState"];
            /** @description What had happened. */
            symptom: string;
            /** @description The owning unit. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description Version.
             */
            version: number;
            /** @description The zone in which times are shown. */
            zone: string;
        };
        /**
         * @description How far a follow-up has come.
         * @enum {string}
         */
        FollowUpState: "due" | "calling" | "done" | "cancelled";
        /** @description A follow-up in full. */
        FollowUpView: components["schemas"]["FollowUpRow"] & {
            /** @description The answers, by question. */
            answers: {
                [key: string]: boolean;
            };
            /** @description Every attempt, oldest first. */
            attempt_list: components["schemas"]["AttemptView"][];
            /** @description The number that the customer will see: a line of ours that can call out, as it is dialled here; a 400 number can't. */
            calls_from?: string | null;
            /** @description What the customer said. */
            comment?: string | null;
            complaint?: components["schemas"]["ComplaintRef"] | null;
            /** @description Whether it may be given up now if nobody is reached again. */
            may_give_up: boolean;
            on_site?: components["schemas"]["OnSiteRating"] | null;
            /** @description What is asked, in order. */
            script: components["schemas"]["Question"][];
        };
        /** @description A unit to found. */
        FoundUnit: {
            /** @description Its departments; all three for headquarters and none elsewhere unless given. */
            departments?: components["schemas"]["DepartmentKind"][] | null;
            /** @description What it is. */
            kind: components["schemas"]["UnitKind"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            parent_id?: components["schemas"]["UnitId"] | null;
            /** @description Its IANA zone; the company's unless given. */
            zone?: string | null;
        };
        /** @description A stretch that is not covered twice. */
        Gap: {
            /** @description From when. */
            from: components["schemas"]["Ts"];
            /** @description What is missing. */
            missing: components["schemas"]["Missing"];
            /** @description Until when. */
            to: components["schemas"]["Ts"];
        };
        /** @description A code that came by SMS. */
        GiveCode: {
            /** @description Six digits. */
            code: string;
            /** @description The number it was sent to. */
            phone: string;
        };
        /** Format: uuid */
        GuidanceId: string;
        /** @description What somebody of the customer was shown (P25). */
        GuidancePart: {
            /**
             * Format: int64
             * @description How long.
             */
            minutes: number;
            /** @description What about. */
            topic: string;
            /** @description Who. */
            who: string;
        };
        /** @description What somebody of the customer was shown on site (P25). */
        GuidanceView: {
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description Its id. */
            id: components["schemas"]["GuidanceId"];
            /**
             * Format: int64
             * @description How long.
             */
            minutes: number;
            /** @description What about. */
            topic: string;
            /** @description On which visit. */
            visit_id: components["schemas"]["VisitId"];
            /** @description Who was shown it. */
            who: string;
        };
        /** @description What a phone recorded and no visit takes any more. */
        HandIn: {
            /** @description In words, 1 to 4000 characters. */
            text: string;
        };
        /** Format: uuid */
        HandOverId: string;
        /** @description An offered hand-over. */
        HandOverView: {
            /** @description `accepted`, `declined`, `dropped`, `timed_out`. */
            answer?: string | null;
            answer_due_at?: components["schemas"]["Ts"] | null;
            /** @description Why it was declined. */
            answer_reason?: string | null;
            answered_at?: components["schemas"]["Ts"] | null;
            /** @description From. */
            from: components["schemas"]["CasePerson"];
            /** @description Its id. */
            id: components["schemas"]["HandOverId"];
            /** @description When it was offered. */
            offered_at: components["schemas"]["Ts"];
            /** @description Why. */
            reason: string;
            /** @description To. */
            to: components["schemas"]["CasePerson"];
        };
        /** @description What an engineer is told when words of theirs were handed in. */
        HandedIn: {
            /** @description The case on whose timeline they stand. */
            case_number: string;
        };
        /** @description How many people work where (P2). */
        Headcount: {
            /**
             * Format: int64
             * @description With a bachelor's degree or more, of a hundred (rounded down).
             */
            bachelor_percent: number;
            /** @description By department; those without one are left out. */
            by_department: {
                [key: string]: number;
            };
            /** @description By schooling. */
            by_education: {
                [key: string]: number;
            };
            /** @description By job. */
            by_role: {
                [key: string]: number;
            };
            /** @description By unit. */
            by_unit: components["schemas"]["UnitCount"][];
            /**
             * Format: int64
             * @description With a college education or more, of a hundred (rounded down).
             */
            college_percent: number;
            /**
             * Format: int64
             * @description All of them.
             */
            total: number;
        };
        /** @description A year's list. */
        HolidayYearView: {
            /** @description Closed days in order. */
            closed: components["schemas"]["ClosedDayView"][];
            /** @description Whether it was imported here, or came with the program. */
            imported: boolean;
            /** @description Weekend days worked instead (调休), in order. */
            makeup: string[];
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description The holiday lists. */
        Holidays: {
            /** @description Whether that year begins within 60 days, or has begun. */
            due_soon: boolean;
            /**
             * Format: int32
             * @description The first year without a list: what leans on it is provisional (decision 12).
             */
            first_missing: number;
            /** @description Every known year, newest first. */
            years: components["schemas"]["HolidayYearView"][];
        };
        /** @description What an import changed. */
        HolidaysImported: {
            /**
             * Format: int64
             * @description Clocks that were derived again with another result.
             */
            clocks_changed: number;
            /** @description The list as it stands. */
            year: components["schemas"]["HolidayYearView"];
        };
        /** @description What a person starts the day with: each part is there if they may do what it is about. */
        Home: {
            agreements?: components["schemas"]["AgreementHome"] | null;
            appointments?: components["schemas"]["AppointmentHome"] | null;
            cases?: components["schemas"]["CaseHome"] | null;
            dispatch?: components["schemas"]["DispatchHome"] | null;
            follow_ups?: components["schemas"]["FollowUpHome"] | null;
            invoices?: components["schemas"]["InvoiceHome"] | null;
            missed_calls?: components["schemas"]["MissedCalls"] | null;
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            phone_queue?: components["schemas"]["PhoneQueue"] | null;
        };
        /** @description A hotline number (P1). */
        Hotline: {
            /** @description Whether it is in use. */
            active: boolean;
            /** @description Its hours. */
            calendar: components["schemas"]["HotlineCalendar"];
            /** @description Its id. */
            id: components["schemas"]["HotlineId"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description E.164, e.g. `+862988881234` or `+864008001234`. */
            number: string;
            /** @description The unit whose phone it is. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
        };
        /**
         * @description Which hours a hotline keeps (P1); the calendars are the policy's.
         * @enum {string}
         */
        HotlineCalendar: "five_by_eight" | "round_the_clock";
        /** Format: uuid */
        HotlineId: string;
        /** @description A hotline as it should be. */
        HotlineInput: {
            /** @description Whether it is in use. */
            active?: boolean;
            /** @description Its hours. */
            calendar: components["schemas"]["HotlineCalendar"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description As people write it: `029-8888 1234`, `400-800-1234`, `+86 …`. */
            number: string;
            /** @description The unit whose phone it is. */
            unit_id: components["schemas"]["UnitId"];
        };
        /**
         * @description How the fault was mended: some questions are about visits only.
         * @enum {string}
         */
        How: "remote" | "onsite";
        /** @description How the rows of a table stood to what was here. */
        ImportCounts: {
            /**
             * Format: int64
             * @description Rows with something wrong.
             */
            bad: number;
            /**
             * Format: int64
             * @description Here, and different.
             */
            changed: number;
            /**
             * Format: int64
             * @description Not here yet.
             */
            new: number;
            /**
             * Format: int64
             * @description Rows below the headings.
             */
            rows: number;
            /**
             * Format: int64
             * @description Here, and the same.
             */
            same: number;
        };
        /** @description What is wrong with a row. */
        ImportFault: {
            /** @description The heading of its column. */
            column: string;
            /** @description How to mend it. */
            cure: string;
            /**
             * Format: int32
             * @description The row as a spreadsheet counts it: the headings stand in row 1.
             */
            row: number;
            /** @description What stands there, shortened. */
            value: string;
            /** @description What is wrong. */
            what: string;
        };
        /** @description A year's list to import. */
        ImportHolidays: {
            /** @description Days closed, as the State Council's notice says; 26 to 31 December of the year before may stand here. */
            closed: components["schemas"]["ClosedDayView"][];
            /** @description Weekend days worked instead (调休). */
            makeup?: string[];
            /**
             * Format: int32
             * @description The year, 2004 to 2100.
             */
            year: number;
        };
        /** Format: uuid */
        ImportId: string;
        /** @description How far an import is that runs. */
        ImportProgress: {
            /**
             * Format: int64
             * @description Rows done.
             */
            done: number;
            /**
             * Format: int64
             * @description Rows to do.
             */
            total: number;
        };
        /** @description What a trial found, or what was stored. */
        ImportReport: {
            /**
             * Format: int64
             * @description Rows with something wrong.
             */
            bad: number;
            /**
             * Format: int64
             * @description Here, and different.
             */
            changed: number;
            /**
             * Format: int64
             * @description Lines that only show how a template is filled in; they are left out.
             */
            examples: number;
            /** @description What is wrong, by row; at most 200 entries. */
            faults: components["schemas"]["ImportFault"][];
            /**
             * Format: int64
             * @description How many more entries the file of faults has.
             */
            more_faults: number;
            /**
             * Format: int64
             * @description Not here yet.
             */
            new: number;
            refusal?: components["schemas"]["Said"] | null;
            /**
             * Format: int64
             * @description Rows below the headings.
             */
            rows: number;
            /**
             * Format: int64
             * @description Here, and the same.
             */
            same: number;
            /** @description Columns that are not used, by their headings. */
            unknown: string[];
        };
        /**
         * @description How far a table is.
         * @enum {string}
         */
        ImportState: "checking" | "checked" | "refused" | "storing" | "stored" | "dropped";
        /** @description An import as its sender sees it. */
        ImportView: {
            /**
             * Format: int64
             * @description The file's size.
             */
            bytes: number;
            /** @description When it last went on. */
            changed_at: components["schemas"]["Ts"];
            /** @description The file's name. */
            file_name: string;
            /** @description Id. */
            id: components["schemas"]["ImportId"];
            /** @description What the table holds. */
            kind: components["schemas"]["TableKind"];
            /** @description When it was sent. */
            made_at: components["schemas"]["Ts"];
            progress?: components["schemas"]["ImportProgress"] | null;
            report?: components["schemas"]["ImportReport"] | null;
            /** @description The name of the other system. */
            source: string;
            /** @description How far it is. */
            state: components["schemas"]["ImportState"];
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
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
        /** @description An invoice owed, or issued (P69, P71). */
        InvoiceDutyView: {
            /**
             * Format: int64
             * @description What the customer owes.
             */
            amount_minor: number;
            /** @description ISO 4217. */
            currency: string;
            /** @description The invoice's number, once issued. */
            invoice_number?: string | null;
            issued_at?: components["schemas"]["Ts"] | null;
            /** @description Since when. */
            opened_at: components["schemas"]["Ts"];
        };
        /** @description What a finance clerk starts the day with (P69, P71). */
        InvoiceHome: {
            /**
             * Format: int64
             * @description How many invoices are owed.
             */
            count: number;
            /** @description The oldest, at most 10. */
            items: components["schemas"]["InvoiceOwed"][];
            /** @description Their sums by currency, in minor units. */
            totals: {
                [key: string]: number;
            };
        };
        /** @description An invoice that is owed (P69). */
        InvoiceOwed: {
            /**
             * Format: int64
             * @description How much, in minor units.
             */
            amount_minor: number;
            /** @description The case it keeps open. */
            case_id: components["schemas"]["CaseId"];
            /** @description The case's number. */
            case_number: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description Who owes. */
            customer_name: string;
            /** @description Its number. */
            number: string;
            /** @description Since when. */
            opened_at: components["schemas"]["Ts"];
            /** @description Where the work was done. */
            site_name: string;
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
        };
        /** @description The invoice for what the customer owes (P71). */
        IssueInvoice: {
            /**
             * Format: int64
             * @description Its amount: the service order's total, to the cent.
             */
            amount_minor: number;
            /** @description Its number. */
            invoice_number: string;
        };
        /** @description A step of a checklist. */
        Item: {
            /** @description Its name within the checklist, `snake_case`. */
            key: string;
            /** @description A safety step: it can't be skipped, and until it is done no later step of its section can be answered. */
            safety?: boolean;
            /** @description When it is taken. */
            section: components["schemas"]["Section"];
            /** @description What is to be done. */
            text: components["schemas"]["Both"];
        };
        /** @description A step with its answer. */
        ItemPart: {
            answer?: components["schemas"]["Answer"] | null;
            /** @description Work or self-inspection. */
            section: components["schemas"]["Section"];
            /** @description The step. */
            text: components["schemas"]["Both"];
        };
        /** @description The map of jurisdictions. */
        Jurisdictions: {
            /** @description Counties that somebody holds: all, once a map was saved. */
            assigned: number;
            /** @description What each unit holds, in the widest codes that say it. */
            assignments: components["schemas"]["Assignment"][];
            /** @description Counties on the list. */
            counties: number;
            /** @description The day the list of divisions speaks of. */
            divisions_as_of: string;
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
        };
        /** @description How long what nobody needs for ever is kept. Events are never removed, nor the records they are about. */
        KeepingSettings: {
            /**
             * Format: int64
             * @description Days a job that is done stays on the list, 1 to 3650.
             */
            done_jobs_days: number;
            /**
             * Format: int64
             * @description Days a job that was given up stays on the list, 30 to 3650.
             */
            failed_jobs_days: number;
            /**
             * Format: int64
             * @description Days the content of a message is kept, 7 to 3650; who was told when stays.
             */
            messages_days: number;
            /**
             * Format: int64
             * @description Days that engineers' ways to visits are kept, 1 to 90.
             */
            positions_days?: number;
            /**
             * Format: int64
             * @description Days an upload that was broken off can be resumed, 1 to 90.
             */
            uploads_days: number;
        };
        /** @description The settings with their version. */
        KeepingSettingsView: {
            /**
             * Format: int64
             * @description Days a job that is done stays on the list, 1 to 3650.
             */
            done_jobs_days: number;
            /**
             * Format: int64
             * @description Days a job that was given up stays on the list, 30 to 3650.
             */
            failed_jobs_days: number;
            /**
             * Format: int64
             * @description Days the content of a message is kept, 7 to 3650; who was told when stays.
             */
            messages_days: number;
            /**
             * Format: int64
             * @description Days that engineers' ways to visits are kept, 1 to 90.
             */
            positions_days?: number;
            /**
             * Format: int64
             * @description Days an upload that was broken off can be resumed, 1 to 90.
             */
            uploads_days: number;
        } & {
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description The device behind a label. */
        LabelDevice: {
            /** @description What kind of device: chooses its picture. */
            kind: string;
            /** @description Its model. */
            model: string;
            /** @description What it is. */
            product: components["schemas"]["Both"];
            /** @description The end of its serial number, to compare with the plate. */
            serial_end: string;
        };
        /**
         * @description On what labels are printed.
         * @enum {string}
         */
        LabelSize: "a4" | "50x30";
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
        /** @description A visit that should have begun. */
        LateVisit: {
            /** @description Who goes. */
            engineer_name: string;
            /** @description Its number. */
            number: string;
            /** @description Where to. */
            site_name: string;
            /** @description How far it has come. */
            state: components["schemas"]["VisitStateName"];
            /** @description The window's end. */
            window_end: components["schemas"]["Ts"];
            /** @description The window's start. */
            window_start: components["schemas"]["Ts"];
            /** @description Its work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The site's zone. */
            zone: string;
        };
        /** @description The version of a plan that was published last. */
        LatestVersion: {
            /** @description When it was made. */
            made_at: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description Its number.
             */
            number: number;
            /** @description What became of it. */
            state: components["schemas"]["PlanVersionState"];
        };
        /** @enum {string} */
        Layer: "rework" | "acceptance_year" | "agreement" | "repaired_part" | "sold_part";
        /** @enum {string} */
        LayerState: "in_force" | "unknown" | "ended" | "not_started" | "not_signed" | "other_asset" | "suspended" | "terminated" | "other_part" | "other_fault" | "rework_excluded";
        /** @description A source of cover that was looked at. */
        LayerView: {
            /** @description Which. */
            layer: components["schemas"]["Layer"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            period?: components["schemas"]["PeriodView"] | null;
            /** @description The part's serial number. */
            serial?: string | null;
            /** @description The number of the certificate, agreement, depot repair, order or case. */
            source?: string | null;
            /** @description How it stood at the report. */
            state: components["schemas"]["LayerState"];
        };
        /**
         * @description The level of a division.
         * @enum {string}
         */
        Level: "province" | "city" | "county";
        /** @description A charge (P26, P70). */
        Line: {
            /**
             * Format: int64
             * @description List price of the line.
             */
            amount_minor: number;
            /** @description The last day of a sold part's own warranty, `YYYY-MM-DD` (P53). Left out for all else, as in orders signed before it was kept. */
            covered_until?: string | null;
            /**
             * Format: int64
             * @description What the customer pays.
             */
            customer_minor: number;
            /** @description What it is for. */
            description: components["schemas"]["Both"];
            /** @description The charge. */
            id: string;
            /** @description `labour`, `parts`, `travel`, … */
            kind: string;
            /** @description `customer` or `company`; absent while undecided. */
            payer?: string | null;
            /**
             * Format: int64
             * @description List price of one unit in minor units.
             */
            price_minor: number;
            /**
             * Format: int64
             * @description Thousandths of a unit.
             */
            quantity_milli: number;
            /** @description Where the price comes from: a line of a price list or a signed quote. */
            source: string;
            /** @description Whether the price includes tax. */
            tax_included: boolean;
            /**
             * Format: int64
             * @description The tax in what the customer pays.
             */
            tax_minor: number;
            /**
             * Format: int64
             * @description Tax rate in parts per million.
             */
            tax_ppm: number;
            /**
             * Format: int64
             * @description What the company bears of it (P12).
             */
            waived_minor: number;
        };
        /**
         * @description Why a link was made.
         * @enum {string}
         */
        LinkFor: "report" | "message" | "sms" | "staff";
        /** Format: uuid */
        LinkId: string;
        /**
         * @description How much a link lets its holder do.
         * @enum {string}
         */
        LinkScope: "full" | "watch";
        /** @description A table that was sent, as a list shows it. */
        ListedImport: {
            /**
             * Format: int64
             * @description The file's size.
             */
            bytes: number;
            /** @description When it last went on. */
            changed_at: components["schemas"]["Ts"];
            counts?: components["schemas"]["ImportCounts"] | null;
            /** @description The file's name. */
            file_name: string;
            /** @description Id. */
            id: components["schemas"]["ImportId"];
            /** @description What it holds. */
            kind: components["schemas"]["TableKind"];
            /** @description When it was sent. */
            made_at: components["schemas"]["Ts"];
            refusal?: components["schemas"]["Said"] | null;
            /** @description The name of the other system. */
            source: string;
            /** @description How far it is. */
            state: components["schemas"]["ImportState"];
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description A visit that is to stay with its engineer at its time. */
        LockVisit: {
            /** @description Why, at most 500 characters. */
            reason?: string | null;
        };
        /**
         * @description A hit of a look-up over all units. It shows only what matched and what a report needs (decision 2): the contact only if the
         *     contact matched, the address never.
         */
        LookUpHit: {
            contact_id?: components["schemas"]["ContactId"] | null;
            /** @description The contact's name, if it matched. */
            contact_name?: string | null;
            /** @description The customer. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The customer's name. */
            customer_name: string;
            /** @description How well. */
            exactness: components["schemas"]["Exactness"];
            /** @description By what. */
            matched: components["schemas"]["MatchedBy"];
            /** @description The contact's masked number, if it matched. */
            phone_masked?: string | null;
            site_id?: components["schemas"]["SiteId"] | null;
            /** @description Its name. */
            site_name?: string | null;
            /** @description Who looks after it. */
            unit: components["schemas"]["UnitName"];
            /** @description When something was last reported there. */
            used_at: components["schemas"]["Ts"];
            /** @description VIP level. */
            vip_level: components["schemas"]["VipLevel"];
        };
        /** @description What was found, each kind best first. */
        LookUpResult: {
            /** @description Devices by serial or plate, over all units. */
            assets: components["schemas"]["AssetHit"][];
            /** @description Who may be calling, if the words are a number. */
            callers: components["schemas"]["CallerMatch"][];
            /** @description Cases by their number or words, within reach, the newest first. */
            cases: components["schemas"]["CaseRef"][];
            /** @description Customers and sites, over all units. */
            customers: components["schemas"]["LookUpHit"][];
        };
        /** @description A new version. */
        MakePolicyVersion: {
            /** @description What it says. */
            content: components["schemas"]["PolicyContent"];
            /** @description Why, for everybody who reads the list of versions. */
            reason: string;
            valid_from?: components["schemas"]["Ts"] | null;
        };
        /**
         * @description By what a hit was found.
         * @enum {string}
         */
        MatchedBy: "customer" | "site" | "contact";
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
            second_factor_from?: components["schemas"]["Ts"] | null;
            second_factor_reset_at?: components["schemas"]["Ts"] | null;
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
        /** @description Going on under another number. */
        MergeCase: {
            /** @description The open case of the same site that goes on. */
            into: components["schemas"]["CaseId"];
            /** @description Why. */
            reason: string;
        };
        /** @description A missed call that is to be called back (P1). */
        MissedCall: {
            /** @description `138****1234`; none if the number was withheld. */
            caller_masked?: string | null;
            /** @description Our number that was dialled. */
            dialled: string;
            /** @description By when it is called back. */
            due_at: components["schemas"]["Ts"];
            hotline?: components["schemas"]["Both"] | null;
            /** @description Its id. */
            id: components["schemas"]["CallId"];
            /** @description Whether that is over. */
            late: boolean;
            /** @description When it rang. */
            started_at: components["schemas"]["Ts"];
        };
        /** @description Missed calls that are to be called back, the most urgent first. */
        MissedCalls: {
            /**
             * Format: int64
             * @description How many there are.
             */
            count: number;
            /** @description At most 50. */
            items: components["schemas"]["MissedCall"][];
            /**
             * Format: int64
             * @description How many of them are late.
             */
            late: number;
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
        };
        /**
         * @description What is missing.
         * @enum {string}
         */
        Missing: "primary" | "backup" | "both" | "same_person";
        /** @enum {string} */
        MissingFact: "acceptance_certificate" | "acceptance_date" | "acceptance_signature" | "before_acceptance" | "agreement_level" | "usable_dates" | "affected_part" | "same_fault" | "site_licence" | "policy_payer";
        /** @description Something that must be known. */
        MissingView: {
            /** @description The agreement, part or case it is about. */
            about?: string | null;
            /** @description What it is and how to get it. */
            how: components["schemas"]["Both"];
            /** @description What. */
            what: components["schemas"]["MissingFact"];
        };
        /** @description Divisions that change hands. */
        MoveDivisions: {
            /** @description Codes of provinces, cities or counties. */
            divisions: string[];
            /** @description Why, for the audit. */
            reason?: string;
            /** @description The unit that holds them from now on. */
            unit_id: components["schemas"]["UnitId"];
        };
        /** @description An engineer's day and the next (P42: enough to work without a signal). */
        MyDay: {
            /** @description The codes of faults and causes to choose from. */
            fault_codes: components["schemas"]["FaultCodeView"][];
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            /** @description Visits of today that are over: what the customer's data is not needed for any more. */
            over: components["schemas"]["VisitBrief"][];
            /** @description The prices in force. */
            prices: components["schemas"]["PriceLineView"][];
            /** @description The first of the two days, `YYYY-MM-DD`. */
            today: string;
            /** @description Visits of today and tomorrow, and those under way. */
            visits: components["schemas"]["DayCard"][];
            /** @description Whether the engineer's way to visits is shared. */
            way: components["schemas"]["WaySharing"];
            /** @description The zone in which the days are cut. */
            zone: string;
        };
        /** @description Something that is missing before a step. */
        Need: {
            /** @description The refusal's code: its text is `errors.<code>.title`. */
            code: string;
            /** @description The refusal's values: names of steps, amounts. */
            values: {
                [key: string]: string;
            };
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
        /** @description A charge from the price list in force (P26). */
        NewCharge: {
            kind?: components["schemas"]["ChargeKind"] | null;
            /** @description The serial number of the part. */
            part_serial?: string | null;
            price_line_id?: components["schemas"]["PriceLineId"] | null;
            /**
             * Format: int64
             * @description Quantity in thousandths.
             */
            quantity_milli: number;
        };
        /** @description A new version of a checklist (P24). */
        NewChecklist: {
            /** @description Its steps in order. */
            items: components["schemas"]["Item"][];
            /** @description The job. */
            kind: components["schemas"]["WorkOrderKind"];
            product_id?: components["schemas"]["ProductId"] | null;
            /** @description Its name. */
            title: components["schemas"]["Both"];
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
        /** @description A photo that was sent before. */
        NewEvidence: {
            /** @description What it shows. */
            kind: components["schemas"]["VisitEvidenceKind"];
            /** @description A remark. */
            note?: string | null;
            /** @description SHA-256 of the file. */
            sha256: string;
        };
        /** @description A new code. */
        NewFaultCode: {
            /** @description The code, lower-case letters, digits and underscores; it never changes. */
            code: string;
            /** @description All that can be changed. */
            content: components["schemas"]["FaultCodeInput"];
            /** @description What it names. */
            kind: components["schemas"]["FaultCodeKind"];
        };
        /** @description What was found and done. */
        NewFinding: {
            /** @description What was done, or is to be done. */
            action: string;
            /** @description The cause's code. */
            cause_code: string;
            /** @description The fault's code, by which a rework is recognised (P74). */
            fault_code?: string | null;
            /** @description What was found. */
            text: string;
        };
        /** @description What somebody of the customer was shown on site (P25). */
        NewGuidance: {
            /**
             * Format: int64
             * @description Minutes, 1 to 480.
             */
            minutes: number;
            /** @description What about, 1 to 200 characters. */
            topic: string;
            /** @description Who was shown it, 1 to 80 characters. */
            who: string;
        };
        /** @description A new link: its address is shown once. */
        NewLink: {
            /** @description Its id. */
            id: components["schemas"]["LinkId"];
            /** @description Its address; absent in a repeated answer. */
            url?: string | null;
        };
        /** @description A removed part (P23). */
        NewOldPart: {
            /** @description What became of it. */
            fate: components["schemas"]["OldPartFate"];
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Pieces, 1 to 1000; 1 unless said.
             */
            quantity?: number | null;
            /** @description Its serial number. */
            serial?: string | null;
        };
        /** @description A price in a new list. */
        NewPriceLine: {
            /**
             * Format: int64
             * @description Fen per unit for customers with a service agreement in force; left out for the standard price.
             */
            agreement_price_minor?: number | null;
            /** @description Its code, unique in the list. */
            code: string;
            /** @description What it is. */
            description: components["schemas"]["Both"];
            /** @description What it charges for. */
            kind: components["schemas"]["ChargeKind"];
            /**
             * Format: int64
             * @description Fen per unit: the standard price, which the public page shows.
             */
            price_minor: number;
            /** @description The kind of product it is for (a skill code); left out for every kind. */
            product_kind?: string | null;
            /** @description Whether the price includes the tax. */
            tax_included: boolean;
            /**
             * Format: int64
             * @description Tax in parts per million: 13 % is 130000.
             */
            tax_ppm: number;
            /** @description The unit it is counted in. */
            unit: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Fen per unit for VIP customers; left out for the standard price.
             */
            vip_price_minor?: number | null;
        };
        /** @description A new version of the price list. */
        NewPriceList: {
            /** @description `CNY`. */
            currency: string;
            /** @description Its prices. */
            lines: components["schemas"]["NewPriceLine"][];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description Why it was made. */
            reason: string;
            /**
             * Format: date
             * @description First day in force.
             */
            valid_from: string;
            /**
             * Format: date
             * @description Last day in force; left out until the next version begins.
             */
            valid_to?: string | null;
        };
        /** @description A report by the QR code on a device. */
        NewReport: {
            /** @description Add it to the case that is open on the device, with this number. */
            add_to?: string | null;
            /** @description Answers about the effect on use. */
            effects?: {
                [key: string]: boolean;
            };
            /** @description A photo that was sent before. */
            photo_sha256?: string | null;
            /** @description What happens, in the customer's words; needed without a picture. */
            symptom?: string | null;
            /** @description The picture that was chosen. */
            symptom_class?: string | null;
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
            /** @description IANA zone; the company's unless said. */
            zone?: string | null;
        };
        /** @description A webhook to make. */
        NewWebhook: {
            /** @description Kinds of events, at least one; see `webhook_kinds` of the settings. */
            kinds: string[];
            /** @description What it is for. */
            name?: string;
            /** @description Where requests go: `https://…`. */
            url: string;
        };
        /** @description A work order: time, place, symptom (P42). */
        NewWorkOrder: {
            /**
             * Format: int64
             * @description How long it should take, 15 to 1440 minutes; 60 unless said.
             */
            duration_min?: number | null;
            /** @description What kind of job. */
            kind: components["schemas"]["WorkOrderKind"];
            /** @description The customer chose this later time: the arrival clock rests until the window opens (decision 10). */
            later_at_customers_wish?: boolean;
            /** @description The place within the site: building, floor, gate. */
            place?: string | null;
            /** @description The skill it needs; the product's unless said. */
            skill?: string | null;
            /** @description What happens there. */
            symptom?: string | null;
            window?: components["schemas"]["Window"] | null;
        };
        /**
         * @description What is to be done next; never empty while a case is open (P10, invariant 7).
         * @enum {string}
         */
        NextStep: "triage" | "phone_support" | "phone_result" | "agree_onsite" | "plan_visit" | "visit" | "ask_customer" | "receive_parts" | "follow_up_call" | "settle" | "answer_complaint" | "other";
        /** @description The one step a phone offers, and what must be there first. */
        NextStepView: {
            /** @description Codes of refusals that it would meet now; empty if it can be taken. */
            needs: components["schemas"]["Need"][];
            /** @description Which step. */
            step: components["schemas"]["VisitStep"];
        };
        /**
         * @description A node of a case's progress, in the customer's words.
         * @enum {string}
         */
        NodeCode: "reported" | "in_hand" | "assigned" | "departed" | "arrived" | "working" | "to_sign" | "done" | "rated";
        /**
         * @description How a node stands.
         * @enum {string}
         */
        NodeState: "done" | "now" | "ahead";
        /** Format: uuid */
        NoteTemplateId: string;
        /** @description All that can be changed of a template. */
        NoteTemplateInput: {
            /** @description Whether it can be chosen. */
            active: boolean;
            /** @description What it is found by, 1 to 60 characters; the English one may be empty. */
            name: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its place in the list, smallest first.
             */
            ordinal: number;
            /** @description The words, 1 to 2000 characters; the English ones may be empty. */
            text: components["schemas"]["Both"];
        };
        /** @description A template of a note. */
        NoteTemplateView: {
            /** @description Whether it can be chosen. */
            active: boolean;
            /** @description Last change. */
            changed_at: components["schemas"]["Ts"];
            /** @description Its id. */
            id: components["schemas"]["NoteTemplateId"];
            /** @description What it is found by. */
            name: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Its place in the list.
             */
            ordinal: number;
            /** @description The words. */
            text: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description The input of a command that needs none: an empty object, or no body at all. */
        Nothing: Record<string, never>;
        /** @description Offering the case to somebody. */
        OfferHandOver: {
            /** @description Why. */
            reason: string;
            /** @description Employee or account. */
            to_id: string;
        };
        /** @description A window that the plan can keep as it stands. */
        OfferedWindow: {
            /** @description The number on their badge. */
            badge_number: string;
            /**
             * Format: int64
             * @description What the plan costs more by it, in seconds on the road.
             */
            cost: number;
            /**
             * Format: int64
             * @description Seconds on the road that the day grows by; negative if it gets shorter.
             */
            detour_s: number;
            /** @description Who would go. */
            engineer_id: components["schemas"]["EmployeeId"];
            /**
             * Format: int64
             * @description How many engineers could keep it.
             */
            engineers: number;
            /**
             * Format: int64
             * @description Seconds between the end of the window and the due time of the arrival; 0 if it is kept or nothing is due.
             */
            late_s: number;
            /** @description Their name. */
            name: string;
            /**
             * Format: int64
             * @description Seconds that the day grows past the end of the shift.
             */
            overtime_s: number;
            /** @description The same in words, and what else speaks for and against. */
            reasons: components["schemas"]["ProposalReason"][];
            /** @description The visit to plan for it: from the expected arrival on, as long as the work takes. */
            visit: components["schemas"]["Window"];
            /** @description What the customer is told: somebody arrives within it. */
            window: components["schemas"]["Window"];
            /** @description Whether it meets the time that the customer wished for. */
            wished: boolean;
        };
        /** @description Windows for a visit. */
        OfferedWindows: {
            due_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Minutes of a window, by the service policy.
             */
            length_min: number;
            /** @description Why there is none. */
            none_because: components["schemas"]["ProposalReason"][];
            /** @description Reckoned at this instant. */
            now: components["schemas"]["Ts"];
            /** @description By which roads it was reckoned. */
            roads: components["schemas"]["RoadsUsed"];
            /** @description Windows that begin later are not looked at. */
            until: components["schemas"]["Ts"];
            /** @description The windows, the best first. */
            windows: components["schemas"]["OfferedWindow"][];
            /** @description The zone in which the site's hours are. */
            zone: string;
        };
        /** @description A removed part (P23). */
        OldPart: {
            /** @description What became of it. */
            fate: components["schemas"]["OldPartFate"];
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Pieces.
             */
            quantity: number;
            /** @description Its serial number. */
            serial?: string | null;
        };
        /**
         * @description What became of a removed part (P23).
         * @enum {string}
         */
        OldPartFate: "returned" | "left_with_customer" | "scrapped";
        /** Format: uuid */
        OldPartId: string;
        /** @description A removed part (P23). */
        OldPartView: {
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description What became of it. */
            fate: components["schemas"]["OldPartFate"];
            /** @description Its id. */
            id: components["schemas"]["OldPartId"];
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Pieces.
             */
            quantity: number;
            /** @description Its serial number. */
            serial?: string | null;
            /** @description On which visit. */
            visit_id: components["schemas"]["VisitId"];
        };
        /** @description Who is on call for a stretch of time. */
        OnCallDuty: {
            backup?: components["schemas"]["EmployeeId"] | null;
            /** @description From when. */
            from: components["schemas"]["Ts"];
            primary?: components["schemas"]["EmployeeId"] | null;
            /** @description Until when. */
            to: components["schemas"]["Ts"];
        };
        /** @description Somebody of a rota. */
        OnCallPerson: {
            /** @description Whether they work here still. */
            active: boolean;
            /** @description Their id. */
            id: components["schemas"]["EmployeeId"];
            /** @description Their name. */
            name: string;
        };
        /** @description How a unit stands. */
        OnCallUnit: {
            backup?: components["schemas"]["OnCallPerson"] | null;
            first_gap?: components["schemas"]["Gap"] | null;
            /**
             * Format: int64
             * @description Minutes of the next 30 days without a primary and a backup.
             */
            gap_min: number;
            held_by?: components["schemas"]["UnitId"] | null;
            /**
             * Format: int64
             * @description Hotlines it answers.
             */
            hotlines: number;
            primary?: components["schemas"]["OnCallPerson"] | null;
            /** @description Its name. */
            unit: components["schemas"]["Both"];
            /** @description The unit. */
            unit_id: components["schemas"]["UnitId"];
        };
        /** @description A score that a customer gave while the engineer was there. */
        OnSiteRating: {
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description In their words. */
            comment?: string | null;
            /**
             * Format: int64
             * @description 1 to 5, 5 the best.
             */
            rating: number;
        };
        /** Format: uuid */
        OnsiteAgreementId: string;
        /** @description Both sides' word for a visit (P41). */
        OnsiteAgreementView: {
            /** @description When. */
            agreed_at: components["schemas"]["Ts"];
            /** @description Who agreed for the company. */
            company_person: components["schemas"]["CasePerson"];
            /** @description Who agreed for the customer. */
            contact_id: components["schemas"]["ContactId"];
            /** @description Their name. */
            contact_name: string;
            /** @description Why the phone was not tried, by the policy's exception. */
            exception_reason?: string | null;
            /** @description How. */
            how: components["schemas"]["AgreedHow"];
            /** @description Its id. */
            id: components["schemas"]["OnsiteAgreementId"];
            phone_support_id?: components["schemas"]["PhoneSupportId"] | null;
            /** @description When that was written down. */
            recorded_at: components["schemas"]["Ts"];
            window_end?: components["schemas"]["Ts"] | null;
            window_start?: components["schemas"]["Ts"] | null;
        };
        /** @description The open cases of a device or a site: offered before an empty form (journey J2). */
        OpenOn: {
            rework?: components["schemas"]["ReworkProposal"] | null;
            /** @description Open on this very device, or on the site if no device was named. */
            same: components["schemas"]["CaseRef"][];
            /** @description Open elsewhere on the site. */
            site: components["schemas"]["CaseRef"][];
        };
        /** @description A case that is open on the device already. */
        OpenReport: {
            /** @description Its number. */
            number: string;
            /** @description When it was reported. */
            reported_at: components["schemas"]["Ts"];
            /** @description How far it is. */
            state: components["schemas"]["StateName"];
        };
        /** @description A step this reader may take now. */
        OpenStep: {
            /** @description It is the one the desk offers as its button. */
            primary: boolean;
            /** @description Which. */
            step: components["schemas"]["Step"];
        };
        /** @description What the work is on. */
        OrderAsset: {
            /** @description Its id. */
            id: components["schemas"]["AssetId"];
            /** @description What its QR plate says. */
            label: string;
            /** @description Model. */
            model: string;
            /** @description The product's name. */
            product: components["schemas"]["Both"];
            /** @description The product. */
            product_id: components["schemas"]["ProductId"];
            /** @description Serial number. */
            serial: string;
            /** @description The skill it needs. */
            skill: string;
        };
        /** @description Whom to ask for, number masked. */
        OrderContact: {
            /** @description Their id: the number is revealed by a reason and the customers' route. */
            id: components["schemas"]["ContactId"];
            /** @description May be empty. */
            name: string;
            /** @description `138****1234`. */
            phone_masked?: string | null;
        };
        /** @description Where the work is. */
        OrderSite: {
            /** @description Street, building, entrance. */
            address: string;
            /** @description Its id. */
            id: components["schemas"]["SiteId"];
            /** @description Its name. */
            name: string;
            point?: components["schemas"]["SitePoint"] | null;
            /** @description The zone in which its times are shown. */
            zone: string;
        };
        /**
         * @description What the customer said of a visit outside the window that they were promised (P8).
         * @enum {string}
         */
        OutsidePromise: "agreed" | "stands";
        /** @description Somebody else worked on the asset, as the customer or an engineer says. */
        OutsideWorkAnswer: {
            /**
             * Format: date
             * @description The day of the work.
             */
            done_on: string;
            /** @description The person or firm, by name. */
            name: string;
        };
        /** @description Work by somebody else as the decision weighed it. */
        OutsideWorkView: {
            /** @description Whether they were on the list that day. */
            designated: boolean;
            /**
             * Format: date
             * @description The day of the work.
             */
            done_on: string;
            /** @description The person or firm. */
            name: string;
        };
        /** @description A payer chosen against the decision (P55). */
        OverridePayer: {
            /** @description Who pays. */
            payer: components["schemas"]["Payer"];
            /** @description Why. */
            reason: string;
        };
        /** @description A change to a decision. The engine's verdict stays on record beneath it. */
        OverruleCoverage: {
            /** @description The new payers. */
            payers?: components["schemas"]["PayerChoice"][];
            /** @description Why. */
            reason: string;
            verdict?: components["schemas"]["Verdict"] | null;
        };
        /** Format: uuid */
        OverrulingId: string;
        /**
         * @description Where an overruling stands.
         * @enum {string}
         */
        OverrulingState: "waiting" | "in_force" | "declined";
        /** @description An overruling. */
        OverrulingView: {
            approved_at?: components["schemas"]["Ts"] | null;
            /** @description The second person. */
            approved_by?: string | null;
            /** @description When. */
            asked_at: components["schemas"]["Ts"];
            /** @description Who. */
            asked_by: string;
            /** @description Its id. */
            id: components["schemas"]["OverrulingId"];
            /** @description The new payers. */
            payers: components["schemas"]["PayerChoice"][];
            /** @description Why. */
            reason: string;
            /** @description Where it stands. */
            state: components["schemas"]["OverrulingState"];
            verdict?: components["schemas"]["Verdict"] | null;
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
                /** @description Whether it was closed because nobody used it. */
                closed_unused: boolean;
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
                last_seen_at?: components["schemas"]["Ts"] | null;
                /** @description Login name. */
                login: string;
                /** @description Name on screen. */
                name: string;
                password_changed_at?: components["schemas"]["Ts"] | null;
                /** @description Roles. */
                roles: components["schemas"]["Role"][];
                second_factor_at?: components["schemas"]["Ts"] | null;
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
        Page_AgreementView: {
            /** @description The rows. */
            items: {
                /** @description The assets it lists. */
                asset_ids: string[];
                /**
                 * Format: date
                 * @description First covered day.
                 */
                covered_from: string;
                /**
                 * Format: date
                 * @description Last covered day.
                 */
                covered_to: string;
                /** @description Currency. */
                currency: string;
                /** @description The customer. */
                customer_id: string;
                /** @description The customer's name. */
                customer_name: string;
                /** @description Its id. */
                id: components["schemas"]["AgreementId"];
                /** @description The level's code. */
                level: string;
                /** @description Its number. */
                number: string;
                /**
                 * Format: int64
                 * @description Price in fen.
                 */
                price_minor: number;
                renewed_by_id?: components["schemas"]["AgreementId"] | null;
                renews_id?: components["schemas"]["AgreementId"] | null;
                /**
                 * Format: date
                 * @description The day it was signed.
                 */
                signed_on?: string | null;
                /** @description Where it stands today. */
                state: components["schemas"]["AgreementState"];
                /** @description Its suspensions, the oldest first; they don't overlap. */
                suspensions: components["schemas"]["Suspension"][];
                /** @description AgreementTargets of its own; each one left out is the warranty's (P29). */
                targets: components["schemas"]["AgreementTargets"];
                /**
                 * Format: date
                 * @description First day without cover, if terminated.
                 */
                terminated_from?: string | null;
                /** @description Why it was ended before its time. */
                terminated_reason?: string | null;
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
        Page_AuditEntry: {
            /** @description The rows. */
            items: {
                /** @description The account, or the part of the program. */
                actor_id: string;
                /** @description `user`, `customer`, `token`, `system`, `import`. */
                actor_kind: string;
                /** @description The account's login, if it is one. */
                actor_login?: string | null;
                /** @description When, by the server. */
                at: components["schemas"]["Ts"];
                /** @description Facts that name nobody: address, device, permission, path, roles, counts. */
                facts: Record<string, never>;
                /** @description What happened. */
                kind: string;
                /**
                 * Format: int64
                 * @description Order of insertion: its key in lists.
                 */
                pos: number;
                /** @description Whether it was refused. */
                result: components["schemas"]["AuditResult"];
                /**
                 * Format: int64
                 * @description Its place in the sealed chain; absent for a moment after it happened.
                 */
                seq?: number | null;
                /** @description Id of the record. */
                subject_id: string;
                /** @description Its login, if it is an account. */
                subject_login?: string | null;
                /** @description Type of the record. */
                subject_type: string;
                /** @description The unit concerned. */
                unit_id?: string | null;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ComplaintRow: {
            /** @description The rows. */
            items: {
                about_case_id?: components["schemas"]["CaseId"] | null;
                /** @description That case's number. */
                about_number?: string | null;
                /** @description Its case. */
                case_id: components["schemas"]["CaseId"];
                closed_at?: components["schemas"]["Ts"] | null;
                /** @description Whose it is. */
                customer_name: string;
                due_at?: components["schemas"]["Ts"] | null;
                finding?: components["schemas"]["ComplaintFinding"] | null;
                /** @description Whether that is over. */
                late: boolean;
                /** @description Whether that is the reader. */
                mine: boolean;
                /** @description The case's number. */
                number: string;
                /** @description Who answers it. */
                owner: components["schemas"]["ComplaintPerson"];
                /** @description When it came. */
                received_at: components["schemas"]["Ts"];
                /**
                 * Format: int64
                 * @description How often an answer was owed again.
                 */
                rounds: number;
                /** @description Where. */
                site_id: components["schemas"]["SiteId"];
                /** @description The site's name. */
                site_name: string;
                /** @description How far it has come. */
                state: components["schemas"]["ComplaintState"];
                /** @description What the customer says. */
                words: string;
                /** @description The zone of the times. */
                zone: string;
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
        Page_CustomerRequestView: {
            /** @description The rows. */
            items: {
                /** @description What the customer is told. */
                answer?: string | null;
                answered_at?: components["schemas"]["Ts"] | null;
                /** @description The case. */
                case_id: components["schemas"]["CaseId"];
                /** @description Its number. */
                case_number: string;
                complaint_case_id?: components["schemas"]["CaseId"] | null;
                /** @description Its id. */
                id: components["schemas"]["RequestId"];
                /** @description What. */
                kind: components["schemas"]["CustomerRequestKind"];
                /** @description When it was asked. */
                made_at: components["schemas"]["Ts"];
                /** @description Whether the case is the reader's. */
                mine: boolean;
                /** @description The site. */
                site_id: components["schemas"]["SiteId"];
                /** @description Its name. */
                site_name: string;
                /** @description How far it has come. */
                state: components["schemas"]["CustomerRequestState"];
                /**
                 * Format: int64
                 * @description Version.
                 */
                version: number;
                wish_end?: components["schemas"]["Ts"] | null;
                wish_start?: components["schemas"]["Ts"] | null;
                /** @description In words. */
                words?: string | null;
                /** @description The zone of the times. */
                zone: string;
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
        Page_DeliveryView: {
            /** @description The rows. */
            items: {
                /** @description When it happened. */
                at: components["schemas"]["Ts"];
                /**
                 * Format: int64
                 * @description Attempts so far.
                 */
                attempts: number;
                /** @description The case, if it is about one. */
                case_id?: string | null;
                /** @description Its number. */
                case_number?: string | null;
                /** @description How it travels. */
                channel: components["schemas"]["Channel"];
                /** @description When it was put on the list. */
                created_at: components["schemas"]["Ts"];
                delivered_at?: components["schemas"]["Ts"] | null;
                failure?: components["schemas"]["DeliveryFailure"] | null;
                /** @description Its id. */
                id: components["schemas"]["DeliveryId"];
                /** @description What happened: the kind of the event, or `test`. */
                kind: string;
                /** @description What the other side or the network said about it, in its own words. */
                last_error?: string | null;
                /** @description The `Message-ID` or `webhook-id`. */
                message_id: string;
                /** @description Their address, masked, or the webhook's URL. */
                recipient?: string | null;
                /** @description To whom. */
                recipient_id: string;
                /** @description What `recipient_id` names. */
                recipient_kind: components["schemas"]["RecipientKind"];
                /** @description How far it has come. */
                state: components["schemas"]["DeliveryState"];
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_Employee: {
            /** @description The rows. */
            items: {
                /** @description Whether they work here. */
                active: boolean;
                /** @description The number on the badge (P66). */
                badge_number: string;
                /**
                 * Format: date
                 * @description Last day on which the badge is valid.
                 */
                badge_valid_until?: string | null;
                base?: components["schemas"]["Point"] | null;
                /** @description What they are allowed to do. */
                certificates: components["schemas"]["Certificate"][];
                department?: components["schemas"]["DepartmentKind"] | null;
                education?: components["schemas"]["Education"] | null;
                /** @description Their id. */
                id: components["schemas"]["EmployeeId"];
                /** @description Their name. */
                name: string;
                /** @description The photo shown to the customer (P21). */
                photo_sha256?: string | null;
                /** @description Their job. */
                role: components["schemas"]["Role"];
                /** @description When they work. */
                shifts: components["schemas"]["Shift"][];
                /** @description What they can do. */
                skills: components["schemas"]["Skill"][];
                /** @description The unit they work in. */
                unit_id: components["schemas"]["UnitId"];
                /**
                 * Format: int64
                 * @description Version for `If-Match`.
                 */
                version: number;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_FollowUpRow: {
            /** @description The rows. */
            items: {
                /**
                 * Format: int64
                 * @description Attempts so far.
                 */
                attempts: number;
                /** @description Who calls or called. */
                caller_id?: string | null;
                /** @description Their name. */
                caller_name?: string | null;
                /** @description The case. */
                case_id: components["schemas"]["CaseId"];
                /** @description Its number. */
                case_number: string;
                /** @description An answer that a branch manager must look at. */
                concern: boolean;
                contact_id?: components["schemas"]["ContactId"] | null;
                /** @description Their name. */
                contact_name?: string | null;
                /** @description The customer. */
                customer_id: components["schemas"]["CustomerId"];
                /** @description Their name. */
                customer_name: string;
                done_at?: components["schemas"]["Ts"] | null;
                /** @description When it is due (P13). */
                due_at: components["schemas"]["Ts"];
                /** @description How it was mended. */
                how: components["schemas"]["How"];
                /** @description Its id. */
                id: components["schemas"]["FollowUpId"];
                /** @description Whether it is past its due time. */
                late: boolean;
                /** @description When to call next. */
                next_at: components["schemas"]["Ts"];
                /** @description `HF20261122-0001`. */
                number: string;
                /** @description Their number, masked. */
                phone_masked?: string | null;
                /**
                 * Format: int64
                 * @description The score (P7).
                 */
                rating?: number | null;
                result?: components["schemas"]["FollowUpResult"] | null;
                /** @description Who did the work; nobody of these may call. */
                served_by?: string | null;
                /** @description Their name. */
                served_by_name?: string | null;
                /** @description The site. */
                site_id: components["schemas"]["SiteId"];
                /** @description Its name. */
                site_name: string;
                /** @description How far it has come. */
                state: components["schemas"]["FollowUpState"];
                /** @description What had happened. */
                symptom: string;
                /** @description The owning unit. */
                unit_id: components["schemas"]["UnitId"];
                /**
                 * Format: int64
                 * @description Version.
                 */
                version: number;
                /** @description The zone in which times are shown. */
                zone: string;
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_PlanVersionRow: {
            /** @description The rows. */
            items: {
                /** @description What happened. */
                cause: components["schemas"]["PlanCause"];
                /**
                 * Format: int64
                 * @description What the plan costs.
                 */
                cost_after: number;
                /**
                 * Format: int64
                 * @description What it costs to plan nothing of it, in seconds on the road.
                 */
                cost_before: number;
                /** @description How much it holds. */
                counts: components["schemas"]["PlanVersionCounts"];
                decided_at?: components["schemas"]["Ts"] | null;
                /** @description Who did; none where that was the program itself. */
                decided_by?: string | null;
                /** @description When it was made. Plans are made by the program itself. */
                made_at: components["schemas"]["Ts"];
                /**
                 * Format: int64
                 * @description Its number, rising per unit.
                 */
                number: number;
                /** @description What became of it. */
                state: components["schemas"]["PlanVersionState"];
                /** @description The unit. */
                unit_id: components["schemas"]["UnitId"];
                /** @description Why the version before does not stand. */
                why: components["schemas"]["PlanWhy"][];
            }[];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_PriceListSummary: {
            /** @description The rows. */
            items: {
                /** @description Its id. */
                id: components["schemas"]["PriceListId"];
                /**
                 * Format: int64
                 * @description How many prices.
                 */
                line_count: number;
                /** @description When. */
                made_at: components["schemas"]["Ts"];
                /** @description Its name. */
                name: components["schemas"]["Both"];
                /** @description Why it was made. */
                reason: string;
                /**
                 * Format: date
                 * @description First day in force.
                 */
                valid_from: string;
                /**
                 * Format: date
                 * @description Last day in force, if fixed.
                 */
                valid_to?: string | null;
                /**
                 * Format: int64
                 * @description Its version.
                 */
                version: number;
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
        /** @description Where and why a template is broken. */
        PaperFault: {
            /** @description Column in that line, from 1. */
            column?: number | null;
            /** @description Line in the template, from 1, if it has a place there. */
            line?: number | null;
            /** @description What is wrong. */
            message: string;
        };
        /** @description What stands for a paper. */
        PaperTemplate: {
            fault?: components["schemas"]["PaperFault"] | null;
            /** @description The file of the company's own template. */
            file_name: string;
            /** @description Whether there is one; otherwise the built-in one is used. */
            own: boolean;
            /** @description `service-order`, `acceptance` or `labels`. */
            paper: string;
        };
        /**
         * @description With which template a paper is wanted.
         * @enum {string}
         */
        PaperTemplateChoice: "in_force" | "built_in";
        /** @description The templates in use. */
        PaperTemplates: {
            /** @description The folder in which the company's own templates are looked for. */
            folder: string;
            /** @description One per paper. */
            papers: components["schemas"]["PaperTemplate"][];
        };
        /** @description What mended the parent by phone, offered to its children. */
        ParentSolution: {
            /** @description What the customer is to do (P38). */
            fix_plan: string;
            /** @description When. */
            solved_at: components["schemas"]["Ts"];
            /** @description What was tried, in order. */
            steps_tried: string[];
        };
        /** @description Whether the fault is in a part. */
        PartAnswer: {
            /** @description Whether the fault is in it. */
            affected: boolean;
            /** @description The part's serial number. */
            serial: string;
        };
        /** @description The parts a line covers. */
        PartLimitView: {
            otherwise?: components["schemas"]["Payer"] | null;
            /** @description Serial numbers of the covered parts. */
            serials: string[];
        };
        /** Format: uuid */
        PartWarrantyId: string;
        /**
         * @description Why a part has a warranty of its own.
         * @enum {string}
         */
        PartWarrantyKind: "repaired" | "sold";
        /** @description A part with a warranty of its own. */
        PartWarrantyView: {
            /** @description The asset it is in. */
            asset_id: string;
            /**
             * Format: date
             * @description The last covered day, by the policy in force at the delivery (P49, P53); absent beyond the calendar's years.
             */
            covered_until?: string | null;
            /**
             * Format: date
             * @description The day of delivery.
             */
            delivered_on: string;
            /** @description Its id. */
            id: components["schemas"]["PartWarrantyId"];
            /** @description Repaired or sold. */
            kind: components["schemas"]["PartWarrantyKind"];
            /** @description The part. */
            part: string;
            /** @description When it was recorded. */
            recorded_at: components["schemas"]["Ts"];
            /** @description Its serial number. */
            serial: string;
            /** @description The number of the depot repair or order. */
            source_number: string;
        };
        /** @description Who serves and who is served. */
        Parties: {
            /** @description The number on the badge. */
            badge_number: string;
            /** @description The customer's name. */
            customer: string;
            /** @description The customer's number. */
            customer_number: string;
            /** @description The engineer's name. */
            engineer: string;
            /** @description The unit of the company. */
            unit: components["schemas"]["Both"];
        };
        /**
         * @description By which rules passwords are made.
         * @enum {string}
         */
        PasswordProfile: "asvs" | "mlps";
        /** @description What was done at a site before: for whoever stands there without a signal. */
        PastVisit: {
            /** @description What was done about it. */
            action?: string | null;
            /** @description What was found last, if anything. */
            found?: string | null;
            /** @description When the engineer left. */
            left_at: components["schemas"]["Ts"];
            /** @description The visit's number. */
            number: string;
            /** @description What came of it: `done`, `partly_done`, `no_access`. */
            outcome: string;
            /** @description Whether it was the device of today's visit. */
            same_asset: boolean;
            /** @description The device's serial number, if it was about one. */
            serial?: string | null;
            /** @description What was reported. */
            symptom: string;
        };
        /** @description Letting work rest. */
        Pause: {
            /** @description In words; needed for `other`. */
            note?: string | null;
            /** @description Why. */
            reason: components["schemas"]["PauseReason"];
        };
        /**
         * @description Why work on site rests.
         * @enum {string}
         */
        PauseReason: "waiting_parts" | "customer_away" | "not_safe" | "break" | "other";
        /** @description What makes each clock stand still (decision 10). */
        Pauses: {
            /** @description Pauses of the arrival clock; never for parts. */
            arrive: string[];
            /** @description Pauses of the response clock. */
            respond: string[];
            /** @description Pauses of the restore clock. */
            restore: string[];
        };
        /** @enum {string} */
        Payer: "customer" | "company";
        /** @description A payer that somebody chooses for a kind of charge. */
        PayerChoice: {
            /** @description The kind of charge. */
            kind: components["schemas"]["ChargeKind"];
            /** @description Who pays. */
            payer: components["schemas"]["Payer"];
        };
        /** @description The days of a cover, both included. */
        PeriodView: {
            /**
             * Format: date
             * @description The last covered day, until 24:00.
             */
            end: string;
            /** @description Whether rest days moved the end. */
            extended: boolean;
            /**
             * Format: date
             * @description The last day by the bare rule.
             */
            nominal_end: string;
            /**
             * Format: date
             * @description First covered day.
             */
            start: string;
        };
        /**
         * @description What came of helping by phone (P14, P41).
         * @enum {string}
         */
        PhoneOutcome: "solved" | "not_solved";
        /**
         * @description How far help by phone has come since the case was last triaged.
         * @enum {string}
         */
        PhoneProgress: "not_tried" | "running" | "not_solved" | "solved";
        /** @description What waits for an expert (P37). */
        PhoneQueue: {
            /** @description The most urgent, at most 10. */
            items: components["schemas"]["CaseRow"][];
            /** @description In phone support. */
            running: components["schemas"]["CaseCount"];
            /** @description Triaged: nobody has tried by phone. */
            waiting: components["schemas"]["CaseCount"];
        };
        /** Format: uuid */
        PhoneSupportId: string;
        /** @description An attempt to help by phone. */
        PhoneSupportView: {
            cause?: components["schemas"]["Both"] | null;
            /** @description Why the fault had come: a code of the catalogue. */
            cause_code?: string | null;
            ended_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Minutes of work expected on site.
             */
            expected_minutes?: number | null;
            /** @description Parts a visit will need. */
            expected_parts: string[];
            /** @description What the customer is to do (P38). */
            fix_plan?: string | null;
            /** @description Its id. */
            id: components["schemas"]["PhoneSupportId"];
            /** @description The skill a visit needs. */
            needed_skill?: string | null;
            outcome?: components["schemas"]["PhoneOutcome"] | null;
            /** @description Why it was not solved. */
            reason?: string | null;
            /** @description When it began. */
            started_at: components["schemas"]["Ts"];
            /** @description What was tried, in order. */
            steps_tried: string[];
            /** @description Who helps. */
            supporter: components["schemas"]["CasePerson"];
        };
        /** @description A photo by content. */
        PhotoPart: {
            /** @description What it shows. */
            kind: components["schemas"]["VisitEvidenceKind"];
            /** @description SHA-256 of the file. */
            sha256: string;
        };
        /**
         * @description What the position of an arrival says; it warns, it never blocks.
         * @enum {string}
         */
        PlaceCheck: "at_site" | "away" | "unknown";
        /** @description What happened before a plan was published. */
        PlanCause: {
            /** @description The kinds of the events, at most eight; none where the plan got better without any. */
            kinds: string[];
            /** @description Its number, or the name of the person. */
            subject?: string | null;
            /** @description Its id. */
            subject_id?: string | null;
            /** @description What the first of them was about: `work_order`, `visit`, `employee`, `case`, `planning_area`. */
            subject_type?: string | null;
        };
        /**
         * @description What is different from the version before.
         * @enum {string}
         */
        PlanChangeKind: "added" | "gone" | "other_engineer" | "other_time" | "left_out";
        /**
         * @description Why a planned visit stays with its engineer whatever else is planned.
         * @enum {string}
         */
        PlanFixed: "under_way" | "window_over" | "outside_shift" | "pinned" | "locked" | "imminent" | "before_late" | "against_rule" | "later";
        /**
         * @description Why nothing is planned for an area that is on.
         * @enum {string}
         */
        PlanHindrance: "too_large";
        /** @description A planned visit that stays. */
        PlanKept: {
            arrive_at?: components["schemas"]["Ts"] | null;
            /** @description Who goes. */
            engineer_id: components["schemas"]["EmployeeId"];
            fixed?: components["schemas"]["PlanFixed"] | null;
            /**
             * Format: int64
             * @description Seconds after the end of the appointment or the due time of the arrival, whichever is earlier; 0 if in time.
             */
            late_s: number;
            /** @description The visit. */
            visit_id: components["schemas"]["VisitId"];
            /** @description Its number. */
            visit_number: string;
            /** @description The window as planned. */
            window: components["schemas"]["Window"];
        };
        /** @description A work order for which the plan has nobody: nobody is planned, or whoever was is off. */
        PlanLeftOut: {
            due_at?: components["schemas"]["Ts"] | null;
            /** @description Its number. */
            number: string;
            /** @description Why. */
            reasons: components["schemas"]["ProposalReason"][];
            /** @description How grave. */
            severity: components["schemas"]["Severity"];
            /** @description The site's name. */
            site_name: string;
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The zone of its times. */
            zone: string;
        };
        /** @description A planned visit that would go to somebody else. */
        PlanMove: {
            /** @description Who goes, and why. */
            chosen: components["schemas"]["PlanOption"];
            /** @description Who was to go. */
            from_engineer_id: components["schemas"]["EmployeeId"];
            /** @description Their name. */
            from_name: string;
            /** @description The window as planned. */
            from_window: components["schemas"]["Window"];
            /** @description Other visits of `moves` that have to move first. */
            needs: components["schemas"]["VisitId"][];
            /** @description How grave. */
            severity: components["schemas"]["Severity"];
            /** @description The site's name. */
            site_name: string;
            /**
             * Format: int64
             * @description Its version: accepting it names the one that was seen.
             */
            version: number;
            /** @description The visit. */
            visit_id: components["schemas"]["VisitId"];
            /** @description Its number. */
            visit_number: string;
            /** @description The window as proposed: it opens no earlier, and later only where the present plan is late too. */
            window: components["schemas"]["Window"];
            /** @description Its work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The zone of its times. */
            zone: string;
        };
        /** @description Somebody who could go, everything else staying as proposed. */
        PlanOption: {
            /** @description When they would be there. */
            arrive_at: components["schemas"]["Ts"];
            /** @description The number on their badge. */
            badge_number: string;
            /**
             * Format: int64
             * @description What the plan costs more by it.
             */
            cost: number;
            /**
             * Format: int64
             * @description Seconds on the road that the day grows by; negative if it gets shorter.
             */
            detour_s: number;
            /** @description Who. */
            engineer_id: components["schemas"]["EmployeeId"];
            /**
             * Format: int64
             * @description Seconds after the arrival is due; 0 if in time or if nothing is due.
             */
            late_s: number;
            /** @description Their name. */
            name: string;
            /** @description What speaks for and against. */
            reasons: components["schemas"]["ProposalReason"][];
        };
        /** @description A visit proposed for a work order that has none. */
        PlanProposal: {
            /** @description Who goes, and why. */
            chosen: components["schemas"]["PlanOption"];
            due_at?: components["schemas"]["Ts"] | null;
            /** @description Visits of `moves` that have to move before this one finds room. */
            needs: components["schemas"]["VisitId"][];
            /** @description Its number. */
            number: string;
            /** @description The next best, at most three; none if nobody else can, or if there was no time to look. */
            others: components["schemas"]["PlanOption"][];
            /** @description How grave. */
            severity: components["schemas"]["Severity"];
            /** @description The site's name. */
            site_name: string;
            /**
             * Format: int64
             * @description Seconds on the way there.
             */
            travel_s: number;
            /**
             * Format: int64
             * @description Its version: accepting it names the one that was seen.
             */
            version: number;
            /** @description The window to plan: from arrival on, as long as the work takes. */
            window: components["schemas"]["Window"];
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The zone of its times. */
            zone: string;
        };
        /** @description A term of what the plan costs: as it stands, and as proposed. */
        PlanTerm: {
            /**
             * Format: int64
             * @description Seconds or jobs in the proposed plan.
             */
            amount_after: number;
            /**
             * Format: int64
             * @description Seconds or jobs in the present plan.
             */
            amount_before: number;
            /**
             * Format: int64
             * @description What they cost there.
             */
            cost_after: number;
            /**
             * Format: int64
             * @description What they cost there.
             */
            cost_before: number;
            /** @description Which. */
            term: components["schemas"]["PlanTermName"];
        };
        /**
         * @description A term of what a plan costs.
         * @enum {string}
         */
        PlanTermName: "travel" | "late_major" | "late_normal" | "late_planned" | "left_out" | "broken_promise" | "overtime" | "preference" | "plan_change";
        /** @description A published plan with who goes where. What has left the reader's reach since is left away. */
        PlanVersion: {
            /** @description What is different from the version before. */
            changes: components["schemas"]["VersionChange"][];
            /** @description Orders for which there is nobody. */
            left_out: components["schemas"]["VersionLeftOut"][];
            /** @description Planned visits that go to somebody else, in an order in which they can be moved. */
            moves: components["schemas"]["VersionMove"][];
            /** @description Visits for orders that had nobody, by arrival. */
            proposals: components["schemas"]["VersionVisit"][];
            /** @description What stands on the list. */
            version: components["schemas"]["PlanVersionRow"];
        };
        /** @description How much a published plan holds. */
        PlanVersionCounts: {
            /**
             * Format: int64
             * @description Differences from the version before.
             */
            changes: number;
            /**
             * Format: int64
             * @description Orders for which there is nobody.
             */
            left_out: number;
            /**
             * Format: int64
             * @description Visits that go to somebody else.
             */
            moves: number;
            /**
             * Format: int64
             * @description Orders that get somebody.
             */
            proposals: number;
        };
        /** @description A published plan on the list. */
        PlanVersionRow: {
            /** @description What happened. */
            cause: components["schemas"]["PlanCause"];
            /**
             * Format: int64
             * @description What the plan costs.
             */
            cost_after: number;
            /**
             * Format: int64
             * @description What it costs to plan nothing of it, in seconds on the road.
             */
            cost_before: number;
            /** @description How much it holds. */
            counts: components["schemas"]["PlanVersionCounts"];
            decided_at?: components["schemas"]["Ts"] | null;
            /** @description Who did; none where that was the program itself. */
            decided_by?: string | null;
            /** @description When it was made. Plans are made by the program itself. */
            made_at: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description Its number, rising per unit.
             */
            number: number;
            /** @description What became of it. */
            state: components["schemas"]["PlanVersionState"];
            /** @description The unit. */
            unit_id: components["schemas"]["UnitId"];
            /** @description Why the version before does not stand. */
            why: components["schemas"]["PlanWhy"][];
        };
        /**
         * @description What became of a published plan.
         * @enum {string}
         */
        PlanVersionState: "published" | "accepted" | "superseded" | "done_by_itself";
        /** @description A visit to plan. */
        PlanVisit: {
            appointment_end?: components["schemas"]["Ts"] | null;
            /** @description The customer asked for a window later than the work order's: the arrival clock rests until it opens (decision 10). */
            at_customers_wish?: boolean;
            /** @description Who goes. */
            engineer_id: components["schemas"]["EmployeeId"];
            outside_promise?: components["schemas"]["OutsidePromise"] | null;
            /** @description How far; dispatched unless said. */
            planned_as?: components["schemas"]["PlannedAs"];
            /** @description To. */
            window_end: components["schemas"]["Ts"];
            /** @description From. */
            window_start: components["schemas"]["Ts"];
        };
        /**
         * @description Why part of a plan waits for a person.
         * @enum {string}
         */
        PlanWaits: "mode" | "moves_others" | "after_others" | "late" | "outside_promise" | "not_fit" | "soon" | "pinned" | "under_way" | "too_much";
        /**
         * @description Why a plan was published beside the one before.
         * @enum {string}
         */
        PlanWhy: "first" | "order_new" | "order_gone" | "order_changed" | "visit_changed" | "engineer_gone" | "engineer_off" | "no_longer_fits" | "times_moved" | "better" | "no_longer_waits";
        /**
         * @description How far a new visit is planned at once.
         * @enum {string}
         */
        PlannedAs: "proposed" | "confirmed" | "dispatched";
        /** @description A unit for whose work a plan can be kept, with everything below it. */
        PlanningArea: {
            changed_at?: components["schemas"]["Ts"] | null;
            /** @description Who set it. */
            changed_by?: string | null;
            /**
             * Format: int64
             * @description Engineers of the unit and those below it.
             */
            engineers: number;
            hindered?: components["schemas"]["PlanHindrance"] | null;
            latest?: components["schemas"]["LatestVersion"] | null;
            /** @description What becomes of its plan by itself. */
            mode: components["schemas"]["PlanningMode"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description The unit. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description For `If-Match`; 1 until somebody sets the mode.
             */
            version: number;
        };
        /** @description The units within reach for which plans can be kept. */
        PlanningAreas: {
            /** @description By name. */
            areas: components["schemas"]["PlanningArea"][];
        };
        /**
         * @description What becomes of the plan of an area by itself.
         * @enum {string}
         */
        PlanningMode: "off" | "advise" | "semi_automatic" | "automatic";
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
        /** @description One version of the service promise; [`Default`] is the company's own (promise.md). */
        PolicyContent: {
            /** @description Where the arrival clock begins. */
            arrival_start: components["schemas"]["ArrivalStart"];
            /** @description Whose hours count. */
            calendars: components["schemas"]["Calendars"];
            /**
             * Format: int32
             * @description Working days from its report within which a complaint is answered (P65).
             */
            complaint_working_days?: number;
            /** @description Warranty, exclusions, who pays (P28-P35, P49, P53, P55, P74). */
            coverage: Record<string, never>;
            /** @description Questions whose answers give the severity (P45). */
            effect_questions: components["schemas"]["EffectQuestion"][];
            /**
             * Format: int32
             * @description Working days from completion within which the follow-up call is due (P13).
             */
            follow_up_working_days: number;
            /**
             * Format: int32
             * @description Minutes an offered hand-over waits for its answer before it goes back (P10).
             */
            hand_over_answer_minutes?: number;
            /**
             * Format: int32
             * @description Hand-overs of a case after which it escalates (P10).
             */
            hand_over_limit: number;
            /**
             * Format: int32
             * @description Minutes without a step after which a case escalates (P10).
             */
            idle_minutes: number;
            /** @description What makes clocks stand still. */
            pauses: components["schemas"]["Pauses"];
            /** @description Whether a visit may be agreed to without trying the phone, with a reason (P41). */
            phone_exception?: boolean;
            /**
             * Format: int32
             * @description Masked numbers a person may see in a day (P68).
             */
            reveals_per_day: number;
            /** @description The times promised. */
            targets: components["schemas"]["Targets"];
            /** @description When a clock warns, in percent of its target (P44). */
            warn_percents: number[];
            /**
             * Format: int32
             * @description Minutes of a window that a customer is promised for an arrival (P8, P42).
             */
            window_minutes?: number;
        };
        /** @description A version without its content. */
        PolicyVersionView: {
            /** @description Whether it is in force now. */
            in_force: boolean;
            made_at?: components["schemas"]["Ts"] | null;
            /** @description The account that made it; none for the promise as published. */
            made_by?: string | null;
            /** @description Why. */
            reason?: string | null;
            /** @description From when it is in force. */
            valid_from: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
        };
        /** @description A version of the promise. */
        PolicyView: {
            /** @description What it says. */
            content: components["schemas"]["PolicyContent"];
            /** @description Whether it is in force now. */
            in_force: boolean;
            /**
             * Format: int64
             * @description The number a new version would follow; send it as `If-Match`.
             */
            newest: number;
            /** @description From when it is in force. */
            valid_from: components["schemas"]["Ts"];
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
        };
        /** @description A code of a label or badge with its picture. */
        PortalCodeView: {
            held_at?: components["schemas"]["Ts"] | null;
            /** @description Whether one is in use. */
            in_use: boolean;
            made_at?: components["schemas"]["Ts"] | null;
            /** @description The QR code as SVG. */
            qr_svg?: string | null;
            /**
             * Format: int64
             * @description How many were revoked before.
             */
            revoked: number;
            /** @description The address behind the QR code. */
            url?: string | null;
        };
        /** @description How the customer's pages behave. */
        PortalSettings: {
            /**
             * Format: int64
             * @description Days a link lives on after the end of its case, 1 to 365.
             */
            link_days: number;
        };
        /** @description The same as shown. */
        PortalStanding: {
            /**
             * Format: int64
             * @description Codes of labels and badges that are held since a restore.
             */
            held: number;
            /**
             * Format: int64
             * @description Days a link lives on after the end of its case.
             */
            link_days: number;
        };
        /** @description A point in WGS-84 with how sure the phone is of it. */
        Position: {
            /**
             * Format: double
             * @description Radius of certainty in metres.
             */
            accuracy_m: number;
            /**
             * Format: double
             * @description Degrees north, −90 to 90.
             */
            lat: number;
            /**
             * Format: double
             * @description Degrees east, −180 to 180.
             */
            lon: number;
        };
        /** @description The service order to be shown to the customer (P72). */
        Present: {
            shown?: components["schemas"]["ServiceOrder"] | null;
        };
        /**
         * @description Which of a line's prices was charged (P54).
         * @enum {string}
         */
        PriceLevel: "standard" | "agreement" | "vip";
        /** Format: uuid */
        PriceLineId: string;
        /** @description A price. */
        PriceLineView: {
            /**
             * Format: int64
             * @description Fen per unit for customers with a service agreement in force; never on the public page.
             */
            agreement_price_minor?: number | null;
            /** @description Its code. */
            code: string;
            /** @description Currency. */
            currency: string;
            /** @description What it is. */
            description: components["schemas"]["Both"];
            /** @description Its id: the source that a charge names. */
            id: components["schemas"]["PriceLineId"];
            /** @description What it charges for. */
            kind: components["schemas"]["ChargeKind"];
            /**
             * Format: int64
             * @description Fen per unit: the standard price.
             */
            price_minor: number;
            /** @description The kind of product it is for; absent for every kind. */
            product_kind?: string | null;
            /** @description Whether the price includes the tax. */
            tax_included: boolean;
            /**
             * Format: int64
             * @description Tax in parts per million.
             */
            tax_ppm: number;
            /** @description The unit it is counted in. */
            unit: components["schemas"]["Both"];
            /**
             * Format: int64
             * @description Fen per unit for VIP customers; never on the public page.
             */
            vip_price_minor?: number | null;
        };
        /** Format: uuid */
        PriceListId: string;
        /** @description A version of the price list in a list of versions. */
        PriceListSummary: {
            /** @description Its id. */
            id: components["schemas"]["PriceListId"];
            /**
             * Format: int64
             * @description How many prices.
             */
            line_count: number;
            /** @description When. */
            made_at: components["schemas"]["Ts"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description Why it was made. */
            reason: string;
            /**
             * Format: date
             * @description First day in force.
             */
            valid_from: string;
            /**
             * Format: date
             * @description Last day in force, if fixed.
             */
            valid_to?: string | null;
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
        };
        /** @description A version of the price list with its prices: what the public page shows (P70). */
        PriceListView: {
            /** @description Currency. */
            currency: string;
            /** @description Its id. */
            id: components["schemas"]["PriceListId"];
            /** @description Its prices, in their order. */
            lines: components["schemas"]["PriceLineView"][];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /**
             * Format: date
             * @description First day in force.
             */
            valid_from: string;
            /**
             * Format: date
             * @description Last day in force, if fixed.
             */
            valid_to?: string | null;
            /**
             * Format: int64
             * @description Its version, from 1.
             */
            version: number;
        };
        /** @description Which labels, on what. */
        PrintLabels: {
            /** @description The assets, 1 to 480, in the order of the labels. */
            asset_ids: components["schemas"]["AssetId"][];
            lang?: components["schemas"]["Lang"] | null;
            /** @description On what they are printed. */
            size?: components["schemas"]["LabelSize"];
            /**
             * Format: int32
             * @description Places of the first sheet of A4 that are used up already, 0 to 23.
             */
            skip?: number;
            /** @description With which template. */
            template?: components["schemas"]["PaperTemplateChoice"];
        };
        /** @description An error answer (`application/problem+json`): what happened, why, and how to mend it. */
        Problem: {
            /** @description Stable code. */
            code: string;
            /** @description What to do. */
            cure?: string | null;
            /** @description What stands now, where that helps to decide. */
            current?: unknown;
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
        /** @description A node of a case's progress. */
        ProgressNode: {
            at?: components["schemas"]["Ts"] | null;
            /** @description Which. */
            code: components["schemas"]["NodeCode"];
            /** @description How it stands. */
            state: components["schemas"]["NodeState"];
        };
        /**
         * @description What a clock measures.
         * @enum {string}
         */
        Promise: "respond" | "arrive" | "restore" | "follow_up" | "answer_complaint" | "depot_turnaround";
        /** @description A promised time. */
        PromisedTime: {
            /** @description The calendar by which they count. */
            calendar: string;
            due_at?: components["schemas"]["Ts"] | null;
            /** @description A year's holidays are not published yet: the due time may move (decision 12). */
            provisional: boolean;
            /**
             * Format: int64
             * @description Seconds promised.
             */
            target_s: number;
            /** @description Whether only working time counts. */
            working_time: boolean;
        };
        /**
         * @description What is said of a paper.
         * @enum {string}
         */
        ProofStanding: "genuine" | "altered" | "superseded";
        /** @description Whether a paper is genuine, with what its holder can compare. No name, no address, no number of a person. */
        ProofView: {
            /** @description The number on the engineer's badge; empty if what stands can't be read any more. */
            badge_number: string;
            /** @description The company's name. */
            company: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description Its hotline as it is dialled: the number on an altered paper may be another. */
            hotline?: string | null;
            /** @description The order's number. */
            number: string;
            /** @description Whether the signature was refused. */
            refused: boolean;
            /** @description When the customer was shown it. */
            shown_at: components["schemas"]["Ts"];
            signed_at?: components["schemas"]["Ts"] | null;
            /** @description Genuine, altered, or superseded. */
            standing: components["schemas"]["ProofStanding"];
            superseded_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description What the customer pays in minor units; none if what stands can't be read any more.
             */
            total_minor?: number | null;
            /** @description IANA zone of the site. */
            zone: string;
        };
        /** @description Somebody's place on the list, or why they have none. */
        Proposal: {
            arrive_at?: components["schemas"]["Ts"] | null;
            /** @description The number on their badge. */
            badge_number: string;
            depart_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Metres on the road; none if unknown.
             */
            distance_m?: number | null;
            /** @description Who. */
            engineer_id: components["schemas"]["EmployeeId"];
            /** @description Whether they can go at all. */
            feasible: boolean;
            /**
             * Format: int64
             * @description Minutes planned on the day of arrival, without this visit.
             */
            load_min: number;
            /**
             * Format: int64
             * @description Seconds between arrival and the promise's due time; negative if it would be broken.
             */
            margin_s?: number | null;
            /** @description Their name. */
            name: string;
            /** @description Whether the promise would be kept. */
            on_time: boolean;
            /** @description Their photo. */
            photo_sha256?: string | null;
            /** @description What stands in the way, or what speaks for and against. */
            reasons: components["schemas"]["ProposalReason"][];
            /** @description Whether they came last time. */
            same_engineer: boolean;
            /**
             * Format: int64
             * @description Level of the skill, 1 to 3; 0 if none is needed.
             */
            skill_level: number;
            /**
             * Format: int64
             * @description Seconds on the way; none if unknown.
             */
            travel_s?: number | null;
            /** @description Their unit. */
            unit_id: components["schemas"]["UnitId"];
            window?: components["schemas"]["Window"] | null;
        };
        /** @enum {string} */
        ProposalNeed: "decision" | "decider" | "reason" | "photo" | "text" | "explanation" | "acknowledgement";
        /** @description A reason in words. */
        ProposalReason: {
            /** @description Which. */
            code: components["schemas"]["ProposalReasonCode"];
            /** @description In both languages. */
            text: components["schemas"]["Both"];
        };
        /**
         * @description Why somebody can't go, or what speaks for and against them.
         * @enum {string}
         */
        ProposalReasonCode: "skill_missing" | "certificate_expired" | "unit_not_responsible" | "off_shift" | "no_free_gap" | "travel" | "travel_unknown" | "arrival" | "margin" | "late" | "skill" | "same_engineer" | "load" | "detour" | "on_the_way" | "delays" | "only_one" | "late_otherwise" | "makes_room" | "engineer_off" | "locked" | "nobody_skilled" | "nobody_at_work" | "nobody_in_time" | "nobody_as_promised" | "nobody_free" | "no_room" | "costs_others" | "wished_later" | "moves_nobody" | "overtime" | "site_closed" | "overlaps" | "there_later" | "next_later" | "not_at_work" | "closed_then" | "before_wish";
        /** @enum {string} */
        ProposalSource: "finding" | "foreign_components" | "outside_work";
        /** @description An exclusion that was proposed and changes nothing yet. */
        ProposalView: {
            /** @description Its clause. */
            clause: components["schemas"]["ClauseView"];
            /** @description Which. */
            code: components["schemas"]["ExclusionCode"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            /** @description What it still needs. */
            needs: components["schemas"]["ProposalNeed"][];
            /** @description Who or what proposed it. */
            source: components["schemas"]["ProposalSource"];
        };
        /** @description The engineers for a work order. */
        Proposals: {
            due_at?: components["schemas"]["Ts"] | null;
            /** @description Reckoned at this instant. */
            now: components["schemas"]["Ts"];
            /** @description Who can go, the best first. */
            proposals: components["schemas"]["Proposal"][];
            /**
             * @description Who would be there sooner than all of `proposals` if visits of theirs went to others, the soonest first, at most three;
             *     only if that was asked.
             */
            quicker: components["schemas"]["Quicker"][];
            /** @description Who can't, and why. */
            refused: components["schemas"]["Proposal"][];
            /** @description By which roads the arrivals were reckoned. */
            roads: components["schemas"]["RoadsUsed"];
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
        };
        /** @description An exclusion that somebody saw (P31-P34). It changes no charge before a person decides it. */
        ProposeExclusion: {
            acknowledgement?: components["schemas"]["Acknowledge"] | null;
            /** @description Which of P31-P34. */
            code: components["schemas"]["ExclusionCode"];
            /** @description Whether the explanation was shown to the customer. */
            explained?: boolean;
            /** @description SHA-256 of photos that were sent before. */
            photos?: string[];
            /** @description SHA-256 of the signature, when the customer signed. */
            signature_sha256?: string | null;
            /** @description What was found, in words. */
            text?: string | null;
        };
        /** @description A question of the script. */
        Question: {
            /** @description Stable name: `solved`, `on_time`, `uniform_badge`, `integrity`, `satisfaction`. */
            code: string;
            /** @description The yes or no that a branch manager must look at, if there is one. */
            concern_if?: boolean | null;
            /** @description What it is answered with. */
            kind: components["schemas"]["QuestionKind"];
            /** @description What is asked. */
            text: components["schemas"]["Both"];
        };
        /**
         * @description What a question is answered with.
         * @enum {string}
         */
        QuestionKind: "yes_no" | "score";
        /** @description Somebody who would be there sooner than anybody with a gap, if visits of theirs went to others. */
        Quicker: {
            /** @description Whose visits go to whom, in an order in which they can be moved; each in its own window. */
            moves: components["schemas"]["PlanMove"][];
            /** @description Who, when, and why; accepted together with all of `moves`. */
            visit: components["schemas"]["PlanProposal"];
        };
        /** @description What the customer agrees to before chargeable work: the lines that they pay (P72). */
        QuoteDocument: {
            /** @description `aftercare.quote/1`. */
            format: string;
            /** @description The lines that the customer pays. */
            lines: components["schemas"]["Line"][];
            /** @description The work order's number. */
            number: string;
            /** @description Their sums. */
            totals: components["schemas"]["ServiceDocumentTotals"];
        };
        /** @description The customer's word on the quote (P22, P72). */
        QuotePart: {
            /** @description SHA-256 of the lines as they were shown. */
            sha256: string;
            /** @description When. */
            signed_at: components["schemas"]["Ts"];
            /** @description Who agreed. */
            signer_name: string;
            /** @description SHA-256 of the strokes. */
            strokes_sha256: string;
        };
        /** @description What the customer is to agree to before chargeable work (P22, P72). */
        QuoteView: {
            /** @description Whether the customer agreed to exactly this. */
            acknowledged: boolean;
            /** @description The lines that the customer pays, with their sums. */
            document: components["schemas"]["QuoteDocument"];
            /** @description SHA-256 of its canonical bytes: `quote_hash` of the acknowledgement. */
            sha256: string;
        };
        /** @description What a customer thinks while the engineer is there. */
        RateVisit: {
            /** @description In their words. */
            comment?: string | null;
            /**
             * Format: int64
             * @description 1 to 5, 5 the best.
             */
            rating: number;
        };
        /** @description That a score is kept: the score itself is not told to who did the work. */
        RatingKept: {
            /** @description When the customer gave it. */
            at: components["schemas"]["Ts"];
        };
        /** @description What the customer says to the answer. */
        ReactToAnswer: {
            /** @description Content closes the complaint; not content owes another answer; `no_answer` closes it when nothing came for a week. */
            reaction: components["schemas"]["ComplaintReaction"];
            /** @description In words; needed if they are not content. */
            words?: string | null;
        };
        /** @description A step that needs a reason. */
        Reason: {
            /** @description Why, 1 to 500 characters. */
            reason: string;
        };
        /** @enum {string} */
        ReasonCode: "in_force" | "ended" | "not_started" | "agreement_not_in_force" | "rework_excluded" | "end_extended" | "end_provisional" | "parts_only" | "out_of_period" | "exclusion_decided" | "exclusion_proposed" | "exclusion_overruled" | "level_excludes" | "customer_pays" | "not_known" | "part_sale" | "training_free" | "patch_included" | "patch_unlicensed" | "upgrade_quoted";
        /** @description Why the verdict is what it is. */
        ReasonView: {
            /** @description What it says, as a code. */
            code: components["schemas"]["ReasonCode"];
            /** @description The sentence. */
            text: components["schemas"]["Both"];
            /** @description The facts in the sentence. */
            values: {
                [key: string]: string;
            };
        };
        /** @description Another engineer or window. */
        ReassignVisit: {
            appointment_end?: components["schemas"]["Ts"] | null;
            /** @description The customer asked for another time: the appointment is not broken by it (P8). */
            at_customers_wish?: boolean;
            /** @description Who goes now. */
            engineer_id: components["schemas"]["EmployeeId"];
            outside_promise?: components["schemas"]["OutsidePromise"] | null;
            /** @description Why. */
            reason: string;
            /** @description Unlock it, if it is locked: else a locked visit moves at the customer's wish only. */
            unlock?: boolean;
            /** @description To. */
            window_end: components["schemas"]["Ts"];
            /** @description From. */
            window_start: components["schemas"]["Ts"];
        };
        /**
         * @description What a recipient's id names.
         * @enum {string}
         */
        RecipientKind: "contact" | "duty" | "webhook" | "address";
        /** @description A call as the desk types it (P1). */
        RecordCall: {
            /** @description The caller's number in any format; none if it was withheld. */
            caller?: string | null;
            case_id?: components["schemas"]["CaseId"] | null;
            /** @description Our number that was dialled. */
            dialled: string;
            ended_at?: components["schemas"]["Ts"] | null;
            /** @description What it led to. */
            outcome: components["schemas"]["CallOutcome"];
            /** @description When it began. */
            started_at: components["schemas"]["Ts"];
        };
        /** @description What came of a call. */
        RecordFollowUp: {
            /** @description Answers to the other questions of the script, by code. */
            answers?: {
                [key: string]: boolean;
            };
            /** @description What the customer said, up to 500 characters; needed if not solved: it is the reason of the reopening. */
            comment?: string | null;
            /** @description Close without an answer, after several attempts. */
            give_up?: boolean;
            next_attempt_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Satisfaction, 1 to 5; needed if reached (P7).
             */
            rating?: number | null;
            /** @description Whether the customer was reached. */
            reached: boolean;
            /** @description Whether it is solved; needed if reached. */
            solved?: boolean | null;
        };
        /** @description What came of helping by phone (P38). */
        RecordPhoneResult: {
            /** @description Why the fault had come, a code of the catalogue; only if solved. */
            cause_code?: string | null;
            /**
             * Format: int64
             * @description Minutes of work expected on site, 1 to 10080.
             */
            expected_minutes?: number | null;
            /** @description Parts a visit will need. */
            expected_parts?: string[];
            /** @description What the customer is to do; needed if solved, it is sent to them. */
            fix_plan?: string | null;
            /** @description The skill a visit needs. */
            needed_skill?: string | null;
            /** @description Solved or not. */
            outcome: components["schemas"]["PhoneOutcome"];
            /** @description Why it was not solved. */
            reason?: string | null;
            /** @description What was tried, in order; at least one. */
            steps_tried: string[];
        };
        /** @description Recovery codes, each good for one sign-in. Shown once. */
        RecoveryCodes: {
            /** @description `ABCD-EFGH-IJKL`. */
            codes: string[];
        };
        /** @description The customer doesn't sign (P72). */
        RefuseSignature: {
            /** @description SHA-256 of the document that was shown. */
            document_hash: string;
            /** @description Why not. */
            reason: string;
            /** @description Who saw it. */
            witness: string;
        };
        /** @description Where numbers between engineers and customers are to come from. */
        RelayInput: {
            /** @description Make another key; one is made with the first address anyhow. */
            new_key?: boolean;
            /** @description `https://…`; none turns them off. */
            url?: string | null;
        };
        /** @description Where numbers between engineers and customers come from, as shown. */
        RelayView: {
            /** @description The key that signs requests; shown once, when it is made. */
            secret?: string | null;
            /** @description `off` (calls go through the service hotline), `simulated` (a demo) or `on`. */
            standing: string;
            /** @description The company's adapter to its provider; none: calls go through the service hotline. */
            url?: string | null;
        };
        /** @description The next link of a renewal chain. */
        RenewAgreement: {
            /**
             * Format: date
             * @description Last covered day; the first is the day after the old end.
             */
            covered_to: string;
            /**
             * Format: int64
             * @description Price in fen.
             */
            price_minor: number;
        };
        /** @description What a report led to. */
        ReportAnswer: {
            /** @description Whether it was added to a case that was open. */
            added: boolean;
            /**
             * Format: int64
             * @description Seconds within which somebody is there once a visit is agreed.
             */
            arrive_target_s?: number | null;
            /** @description The address of the case's page; never kept with the answer of a command. */
            link?: string | null;
            /** @description The case's number. */
            number: string;
            respond_due_at?: components["schemas"]["Ts"] | null;
            /** @description The zone of the times. */
            zone: string;
        };
        /**
         * @description How the report came in.
         * @enum {string}
         */
        ReportChannel: "phone" | "portal" | "mail" | "message" | "in_person" | "system" | "import";
        /** @description A report by a customer. */
        ReportFault: {
            asset_id?: components["schemas"]["AssetId"] | null;
            call_id?: components["schemas"]["CallId"] | null;
            /** @description The caller's number, if no contact is chosen. */
            caller_number?: string | null;
            /** @description How it came in. */
            channel: components["schemas"]["ReportChannel"];
            contact?: components["schemas"]["ContactChoice"] | null;
            /**
             * Format: uuid
             * @description The intake form: it makes one case, however often it is sent.
             */
            draft_id?: string | null;
            /** @description Answers to the policy's questions about the effect on use: question → answer. */
            effects?: {
                [key: string]: boolean;
            };
            kind?: components["schemas"]["CaseKind"] | null;
            /** @description When the customer can be reached. */
            reachable_when?: string | null;
            severity?: components["schemas"]["Severity"] | null;
            /** @description Why. */
            severity_reason?: string | null;
            /** @description Where. */
            site_id: components["schemas"]["SiteId"];
            /** @description What happens, in the caller's words, 1 to 2000 characters. */
            symptom: string;
            /** @description The class of the symptom, if one was chosen. */
            symptom_class?: string | null;
        };
        /** @description What the page behind a label shows. */
        ReportPage: {
            /** @description The number that this browser has shown to be its user's, masked. */
            caller?: string | null;
            /** @description Whether it is covered, in words. */
            cover: components["schemas"]["Both"];
            /** @description The device. */
            device: components["schemas"]["LabelDevice"];
            /** @description Grave effects to tick. */
            effects: components["schemas"]["EffectChoice"][];
            /** @description The hotline's number. */
            hotline?: string | null;
            open?: components["schemas"]["OpenReport"] | null;
            /** @description The site. */
            site_name: string;
            /** @description What may be wrong: at most six. */
            symptoms: components["schemas"]["SymptomChoice"][];
            /** @description Whether a code can be sent: else the hotline takes the report. */
            takes_reports: boolean;
            /** @description The zone in which its times are shown. */
            zone: string;
        };
        /** Format: uuid */
        RequestId: string;
        /** @description Why somebody's second factor is taken away. */
        ResetFactor: {
            /** @description 1 to 500 characters; whose it was reads it. */
            reason: string;
        };
        /**
         * @description How a fault was mended.
         * @enum {string}
         */
        ResolvedHow: "remote" | "onsite";
        /** @description The end of a suspension. */
        ResumeAgreement: {
            /**
             * Format: date
             * @description First day with cover again.
             */
            from: string;
        };
        /** @description Why a masked number is asked for. */
        Reveal: {
            /** @description At least four characters; stands in the audit event. */
            reason: string;
        };
        /** @description Why a missed caller's number is shown. */
        RevealCaller: {
            /** @description Why, 1 to 200 characters. */
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
        /** @description A missed caller's number, to be dialled once. */
        RevealedCaller: {
            /** @description As it is dialled. */
            dial: string;
            /**
             * Format: int64
             * @description How many more numbers the account may see today.
             */
            left_today: number;
        };
        /** @description Why an acceptance no longer counts. */
        RevokeAcceptance: {
            /** @description At least four characters. */
            reason: string;
        };
        /**
         * @description How well an earlier repair fits.
         * @enum {string}
         */
        ReworkMatch: "same_fault" | "same_asset";
        /** @description An earlier repair that this report may be the rework of. */
        ReworkProposal: {
            /** @description The earlier case. */
            case_id: components["schemas"]["CaseId"];
            /**
             * Format: int64
             * @description Calendar days since then.
             */
            days_since: number;
            /** @description When the work was done. */
            finished_at: components["schemas"]["Ts"];
            /** @description How well it fits. */
            fits: components["schemas"]["ReworkMatch"];
            /** @description Its number. */
            number: string;
            /**
             * Format: date
             * @description The last day of free rework, until 24:00.
             */
            until: string;
        };
        /**
         * @description By which roads ways were reckoned.
         * @enum {string}
         */
        RoadsBy: "estimate" | "osrm" | "valhalla";
        /** @description By which roads an answer was reckoned. */
        RoadsUsed: {
            /** @description Where the ways come from; `estimate` also where a road server is set up and said nothing. */
            by: components["schemas"]["RoadsBy"];
            /**
             * Format: int64
             * @description How many of them were estimated, because the road server is away, knows no road there, or would take too long.
             */
            estimated: number;
            /**
             * Format: int64
             * @description Ways between the places that matter, there and back counted apart.
             */
            ways: number;
        };
        /**
         * @description A role an account can hold.
         * @enum {string}
         */
        Role: "hotline_agent" | "expert" | "dispatcher" | "engineer" | "parts_clerk" | "depot_technician" | "trainer" | "follow_up_agent" | "branch_manager" | "finance_clerk" | "system_admin" | "security_admin" | "audit_admin" | "customer_contact" | "telephone_system";
        /** @description A unit's rota. */
        Rota: {
            /**
             * Format: int64
             * @description Minutes without an answer after which the backup is told too, 1 to 240.
             */
            backup_after_min: number;
            /**
             * Format: int64
             * @description After how many weeks the pattern begins again, 1 to 8.
             */
            cycle_weeks: number;
            /**
             * Format: date
             * @description The Monday of a first week.
             */
            starts_on: string;
            /** @description The turns. */
            turns: components["schemas"]["Turn"][];
        };
        /** @description What a rota means from now on. */
        RotaMeaning: {
            /** @description Who is on call, stretch by stretch, for 30 days. */
            duty: components["schemas"]["OnCallDuty"][];
            /** @description Stretches without a primary, or without somebody else as backup. */
            gaps: components["schemas"]["Gap"][];
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            /** @description People of the rota, those who left too. */
            people: components["schemas"]["OnCallPerson"][];
        };
        /** @description A unit's rota. */
        RotaView: {
            /** @description Who can be put on it. */
            choice: components["schemas"]["OnCallPerson"][];
            held_by?: components["schemas"]["UnitId"] | null;
            /** @description What holds here means. */
            meaning: components["schemas"]["RotaMeaning"];
            rota?: components["schemas"]["Rota"] | null;
            /** @description Its name. */
            unit: components["schemas"]["Both"];
            /** @description The unit. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description Version for `If-Match`; 0 while it has none of its own.
             */
            version: number;
            /** @description Its zone: the rota's minutes are of its days. */
            zone: string;
        };
        /** @description What is wrong, and how to mend it. */
        Said: {
            /** @description How to mend it. */
            cure: string;
            /** @description What is wrong. */
            what: string;
        };
        /** @description Whether a fault repeats an earlier repair. */
        SameFault: {
            /** @description The number of the earlier case. */
            case_number: string;
            /** @description Whether it is the same fault. */
            same: boolean;
        };
        /**
         * @description By what satisfaction is grouped.
         * @enum {string}
         */
        SatisfactionBy: "engineer" | "unit";
        /** @description A month of the trend. */
        SatisfactionMonth: {
            /** @description `2026-10`. */
            month: string;
            /**
             * Format: int64
             * @description How many answers.
             */
            n: number;
            /**
             * Format: double
             * @description The mean.
             */
            score?: number | null;
            /** @description Fewer than 20 answers. */
            small_sample: boolean;
        };
        /** @description Satisfaction over a period (P7). */
        SatisfactionReport: {
            /** @description By what it is grouped. */
            by: components["schemas"]["SatisfactionBy"];
            /** @description From this instant. */
            from: components["schemas"]["Ts"];
            /** @description Each engineer or unit, most answers first. */
            rows: components["schemas"]["SatisfactionRow"][];
            /** @description To this instant, not included. */
            to: components["schemas"]["Ts"];
            /** @description All together. */
            total: components["schemas"]["SatisfactionRow"];
        };
        /** @description A line of the satisfaction report. */
        SatisfactionRow: {
            /** @description How many gave 1, 2, 3, 4, 5. */
            counts: number[];
            /** @description The engineer or unit; none for all together, or for work nobody is named for. */
            id?: string | null;
            /** @description The same by month, oldest first. */
            months: components["schemas"]["SatisfactionMonth"][];
            /**
             * Format: int64
             * @description How many answers.
             */
            n: number;
            name?: components["schemas"]["Both"] | null;
            /**
             * Format: double
             * @description The mean, 1 to 5, rounded to hundredths; none without an answer.
             */
            score?: number | null;
            /** @description Fewer than 20 answers: the sample is too small to judge by. */
            small_sample: boolean;
        };
        /** @description The whole map. */
        SaveMap: {
            /** @description Every division to a unit; narrower entries refine wider ones along one line of the tree. */
            assignments: components["schemas"]["Assignment"][];
            /** @description Why, for the audit. */
            reason?: string;
        };
        /** @description A rota to be saved or looked at before. */
        SaveRota: {
            /** @description The whole rota. */
            rota: components["schemas"]["Rota"];
        };
        /** @description A view to be kept. */
        SaveView: {
            /** @description What it says. */
            content: components["schemas"]["ViewContent"];
            /** @description Of which list: `cases`, `work_orders`, `follow_ups`, `customers`, `assets`. */
            list: string;
            /** @description What it is called, 1 to 40 characters. */
            name: string;
            /** @description Whether the people of one's unit may use it. */
            shared?: boolean;
        };
        /** @description A kept view of a list. */
        SavedView: {
            /** @description Whose it is, by name. */
            by: string;
            /** @description What it says. */
            content: components["schemas"]["ViewContent"];
            /** @description Its id. */
            id: components["schemas"]["ViewId"];
            /** @description Of which list. */
            list: string;
            /** @description Whether it is the reader's own: only those can be changed. */
            mine: boolean;
            /** @description What it is called. */
            name: string;
            /** @description Whether the unit of its owner may use it. */
            shared: boolean;
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
        };
        /** @description What the customer says to the answer of a complaint. */
        SayToAnswer: {
            /** @description Whether the answer will do. */
            content: boolean;
            /** @description The complaint's number. */
            number: string;
            /** @description In words; needed if it will not. */
            words?: string | null;
        };
        /**
         * @description When a step is taken.
         * @enum {string}
         */
        Section: "departure" | "work" | "self_inspection";
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
            /** @description By which rules passwords are made. */
            password_profile: components["schemas"]["PasswordProfile"];
            /**
             * Format: int64
             * @description Days in which they may set it up, from the day on which their role was put on that list, 0 to 30.
             */
            second_factor_grace_days: number;
            /** @description Who has to sign in with a second factor: staff and administrators. */
            second_factor_roles: components["schemas"]["Role"][];
            /**
             * Format: int64
             * @description Days after which an account that nobody uses is closed, 30 to 365.
             */
            unused_days: number;
        };
        /** @description The settings with their version. */
        SecuritySettingsView: {
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
            /** @description By which rules passwords are made. */
            password_profile: components["schemas"]["PasswordProfile"];
            /**
             * Format: int64
             * @description Days in which they may set it up, from the day on which their role was put on that list, 0 to 30.
             */
            second_factor_grace_days: number;
            /** @description Who has to sign in with a second factor: staff and administrators. */
            second_factor_roles: components["schemas"]["Role"][];
            /**
             * Format: int64
             * @description Days after which an account that nobody uses is closed, 30 to 365.
             */
            unused_days: number;
        } & {
            /**
             * Format: int64
             * @description Version, for `If-Match`.
             */
            version: number;
        };
        /** @description Where somebody is sent today. */
        SentToday: {
            /** @description The district of the site, in Chinese as the list of divisions names it. */
            district?: string | null;
            /** @description From this hour. */
            from: components["schemas"]["Ts"];
            /** @description To this hour. */
            to: components["schemas"]["Ts"];
            /** @description The zone of the site. */
            zone: string;
        };
        /** @description Sums over the lines. */
        ServiceDocumentTotals: {
            /**
             * Format: int64
             * @description At list price.
             */
            amount_minor: number;
            /** @description ISO 4217. */
            currency: string;
            /** @description What the customer pays, in Chinese capitals. */
            customer_in_capitals: string;
            /**
             * Format: int64
             * @description What the customer pays.
             */
            customer_minor: number;
            /**
             * Format: int64
             * @description The tax in it.
             */
            tax_minor: number;
            /**
             * Format: int64
             * @description What the company bears.
             */
            waived_minor: number;
        };
        /** @description An itemised service order (P70). */
        ServiceOrder: {
            asset?: components["schemas"]["AssetPart"] | null;
            /** @description The case's number. */
            case_number: string;
            /** @description Work steps and self-inspection (P24, P73). */
            checklist: components["schemas"]["ChecklistPart"];
            coverage?: components["schemas"]["CoveragePart"] | null;
            /** @description What was reported. */
            fault: components["schemas"]["FaultPart"];
            /** @description What was found and done. */
            findings: components["schemas"]["FindingPart"][];
            /** @description `aftercare.service-order/1`. */
            format: string;
            /** @description What the customer's people were shown (P25). Left out when there is none, as in orders signed before it was kept. */
            guidance?: components["schemas"]["GuidancePart"][];
            /** @description What kind of job. */
            kind: components["schemas"]["WorkOrderKind"];
            /** @description Every charge with its source and payer (P26, P70). */
            lines: components["schemas"]["Line"][];
            /** @description The work order's number. */
            number: string;
            /** @description Removed parts and what became of them (P23). */
            old_parts: components["schemas"]["OldPart"][];
            /** @description Who serves and who is served. */
            parties: components["schemas"]["Parties"];
            /** @description Photos by content. */
            photos: components["schemas"]["PhotoPart"][];
            quote?: components["schemas"]["QuotePart"] | null;
            /** @description Where. */
            site: components["schemas"]["SitePart"];
            /** @description When. */
            times: components["schemas"]["Times"];
            /** @description Sums. */
            totals: components["schemas"]["ServiceDocumentTotals"];
            /** @description The visit's number. */
            visit_number: string;
        };
        /** @description The canonical service order with what binds it (P70, P72). */
        ServiceOrderView: {
            /** @description The names of the findings' causes as the catalogue has them now, by code; the document has the codes. Left out when it has none. */
            cause_names?: {
                [key: string]: components["schemas"]["Both"];
            };
            /** @description The document; its canonical bytes give `sha256`. */
            document: components["schemas"]["ServiceOrder"];
            invoice?: components["schemas"]["InvoiceDutyView"] | null;
            left_at?: components["schemas"]["Ts"] | null;
            /** @description SHA-256 of the canonical bytes. */
            sha256: string;
            shown_at?: components["schemas"]["Ts"] | null;
            signature?: components["schemas"]["SignatureView"] | null;
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
        /** @description Which phone stands on one's desk, and whether calls may come up on the screen. */
        SetDeskPhone: {
            /** @description The phone's extension; none if calls come without one. */
            extension?: string | null;
            /** @description Whether calls come up on the screen. */
            takes_calls: boolean;
        };
        /** @description Setting the next step by hand. */
        SetNextStep: {
            /** @description By when. */
            due_at: components["schemas"]["Ts"];
            /** @description In words; needed for `other`. */
            note?: string | null;
            /** @description What. */
            step: components["schemas"]["NextStep"];
        };
        /** @description What shall become of the plan of an area by itself. */
        SetPlanningMode: {
            /** @description The mode. */
            mode: components["schemas"]["PlanningMode"];
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
        /** @description How messages are to leave. */
        SettingsInput: {
            /** @description Whether webhooks may lead into private networks and go without TLS: closed networks, tests. */
            allow_private?: boolean;
            /** @description Certificates of authorities trusted beside the public ones, PEM. */
            authority_pem?: string | null;
            /** @description Mailboxes of people on duty. */
            duty?: components["schemas"]["Duty"][];
            /** @description Kinds of events that customers don't get a mail about. */
            silent_kinds?: string[];
            smtp?: components["schemas"]["SmtpInput"] | null;
        };
        /** @description How messages leave, as shown. */
        SettingsView: {
            /** @description Whether webhooks may lead into private networks and go without TLS. */
            allow_private: boolean;
            /** @description Certificates of authorities trusted beside the public ones, PEM. */
            authority_pem?: string | null;
            /** @description Mailboxes of people on duty. */
            duty: components["schemas"]["Duty"][];
            /** @description Kinds of events that customers get a mail about unless silenced. */
            mail_kinds: string[];
            /** @description Kinds of events that customers don't get a mail about. */
            silent_kinds: string[];
            smtp?: components["schemas"]["SmtpView"] | null;
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
            /** @description Kinds of events a webhook can subscribe to. */
            webhook_kinds: string[];
        };
        /** @description What a call led to, said by the desk while it goes on or afterwards. */
        SettleCall: {
            case_id?: components["schemas"]["CaseId"] | null;
            /** @description What it led to: not `ringing`, not `missed`. */
            outcome: components["schemas"]["CallOutcome"];
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
        /**
         * @description How grave a fault is (decision 3), by its effect on use (P45).
         * @enum {string}
         */
        Severity: "major" | "normal";
        /** @description An engineer's word on whether their way is shared. */
        ShareWay: {
            /** @description Whether. */
            agreed: boolean;
            /**
             * Format: int64
             * @description The version of the text that was shown.
             */
            text_version: number;
        };
        /** @description A row of a shift plan, in minutes of the unit's local day. */
        Shift: {
            /**
             * Format: int64
             * @description First minute of the day, 0 to 1439.
             */
            from_min: number;
            /** @description What it means. */
            kind: components["schemas"]["ShiftKind"];
            /**
             * Format: date
             * @description The day, for extra hours and leave.
             */
            on_date?: string | null;
            /**
             * Format: int64
             * @description First minute that is over, up to 1440.
             */
            to_min: number;
            /**
             * Format: int64
             * @description 1 Monday to 7 Sunday, for weekly rows.
             */
            weekday?: number | null;
        };
        /**
         * @description What a row of a shift plan means.
         * @enum {string}
         */
        ShiftKind: "weekly" | "extra" | "leave";
        /** @description The day an agreement was signed. */
        SignAgreement: {
            /**
             * Format: date
             * @description The day.
             */
            signed_on: string;
        };
        /** @description What signing in takes. */
        SignIn: {
            /** @description Six digits of the authenticator or a recovery code, if the account asks for one (`second_factor_needed`). */
            code?: string | null;
            /** @description Login name, in any case. */
            login: string;
            /**
             * Format: password
             * @description The one that takes its place, if it has lasted its time (`password_expired`).
             */
            new_password?: string | null;
            /**
             * Format: password
             * @description Password.
             */
            password: string;
        };
        /** @description The customer's signature under the service order (P72). */
        SignOrder: {
            /** @description SHA-256 of the document that was shown. */
            document_hash: string;
            /** @description Who signs. */
            signer_name: string;
            /** @description Their strokes. */
            strokes: components["schemas"]["StrokePoint"][][];
        };
        /** Format: uuid */
        SignatureId: string;
        /** @description A signature: strokes as drawn, or a picture stored before by its SHA-256. */
        SignatureInput: {
            /** @description SHA-256 of a stored picture. */
            file_sha256?: string | null;
            /** @description Strokes in order. */
            strokes?: components["schemas"]["StrokePoint"][][] | null;
        };
        /**
         * @description What is signed (P72): the quote before chargeable work, the result after it.
         * @enum {string}
         */
        SignatureKind: "quote" | "result";
        /**
         * @description Whether the customer signed.
         * @enum {string}
         */
        SignatureOutcome: "signed" | "refused";
        /** @description A signature or a recorded refusal (P72). */
        SignatureView: {
            /** @description When. */
            at: components["schemas"]["Ts"];
            /** @description SHA-256 that binds document, strokes, signer and time. */
            binding_sha256: string;
            device_at?: components["schemas"]["Ts"] | null;
            /** @description SHA-256 of what was shown. */
            document_sha256: string;
            /** @description Its id. */
            id: components["schemas"]["SignatureId"];
            /** @description Quote or result. */
            kind: components["schemas"]["SignatureKind"];
            /** @description Signed or refused. */
            outcome: components["schemas"]["SignatureOutcome"];
            /** @description Why it was refused. */
            reason?: string | null;
            /** @description Who signed. */
            signer_name?: string | null;
            /** @description The strokes. */
            strokes?: components["schemas"]["StrokePoint"][][] | null;
            /** @description SHA-256 of the strokes. */
            strokes_sha256?: string | null;
            /** @description Who saw the refusal. */
            witness?: string | null;
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
        /** @description A device at a site of the engineer's visits. */
        SiteDevice: {
            /** @description The code behind the QR code on its label; none if there is no label. */
            code?: string | null;
            /** @description Its id. */
            id: components["schemas"]["AssetId"];
            /** @description What its plate says. */
            label: string;
            /** @description Its model. */
            model: string;
            /** @description What it is. */
            product: components["schemas"]["Both"];
            /** @description Its serial number. */
            serial: string;
            /** @description Where it stands. */
            site_id: components["schemas"]["SiteId"];
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
            /** @description IANA zone; the company's unless said. */
            zone?: string | null;
        };
        /** @enum {string} */
        SiteLicence: "unknown" | "licensed" | "unlicensed";
        /** @description Where. */
        SitePart: {
            /** @description Its address. */
            address: string;
            /** @description The site's name. */
            name: string;
            /** @description The place within it. */
            place: string;
            /** @description Its IANA time zone: in which the times are printed. */
            zone: string;
        };
        /** @description A point in WGS-84. */
        SitePoint: {
            /**
             * Format: double
             * @description Degrees north.
             */
            lat: number;
            /**
             * Format: double
             * @description Degrees east.
             */
            lon: number;
        };
        /** @description A site with its customer, contacts (masked) and assets: what the desk sees beside a report. */
        SiteView: components["schemas"]["Site"] & {
            /** @description What stands there, by serial; at most 500. */
            assets: components["schemas"]["AssetView"][];
            /** @description Contacts of the site, and those of the customer in general. */
            contacts: components["schemas"]["ContactView"][];
        };
        /** @description Something a person can do. */
        Skill: {
            /** @description e.g. `barrier`, `access_control`, `turnstile`, `software`, `network`. */
            code: string;
            /**
             * Format: int64
             * @description 1 can help, 2 works alone, 3 expert.
             */
            level: number;
        };
        /** @description Where messages to phones are to go. */
        SmsInput: {
            /** @description Make another key; one is made with the first address anyhow. */
            new_key?: boolean;
            /** @description The registered signature, at most 20 characters. */
            signature?: string;
            /** @description `https://…`; none turns messages off. */
            url?: string | null;
        };
        /** @description A number for a test. */
        SmsTest: {
            /** @description In any format. */
            phone: string;
        };
        /** @description What came of a test. */
        SmsTested: {
            /** @description Whether the adapter took the message. */
            taken: boolean;
            /** @description What it met, if it did not. */
            why?: string | null;
        };
        /** @description Where messages to phones go, as shown. */
        SmsView: {
            /** @description The key that signs requests; shown once, when it is made. */
            secret?: string | null;
            /** @description The registered signature. */
            signature: string;
            /** @description `off`, `simulated` (a demo: the code is shown on the page) or `on`. */
            standing: string;
            /** @description The company's adapter to its provider; none: nothing is sent. */
            url?: string | null;
        };
        /** @description The mail server, as typed. */
        SmtpInput: {
            /** @description The sender's address. */
            from: string;
            /** @description The sender's name. */
            from_name?: string | null;
            /** @description Host name or address. */
            host: string;
            /** @description Its password; left out, the kept one stays. */
            password?: string | null;
            /**
             * Format: int32
             * @description Port, 1 to 65535: 25, 465 (TLS at once), 587.
             */
            port: number;
            /** @description Where answers go. */
            reply_to?: string | null;
            /** @description How the connection is protected. */
            tls: components["schemas"]["Tls"];
            /** @description The login there, if it needs one. */
            user?: string | null;
        };
        /** @description The mail server, as shown. */
        SmtpView: {
            /** @description The sender's address. */
            from: string;
            /** @description The sender's name. */
            from_name?: string | null;
            /** @description Host name or address. */
            host: string;
            /** @description Whether a password is kept. */
            password_set: boolean;
            /**
             * Format: int32
             * @description Port.
             */
            port: number;
            /** @description Where answers go. */
            reply_to?: string | null;
            /** @description How the connection is protected. */
            tls: components["schemas"]["Tls"];
            /** @description The login there. */
            user?: string | null;
        };
        /**
         * @description How far an alert has come.
         * @enum {string}
         */
        Stage: "primary" | "backup" | "manager" | "nobody";
        /** @description A step with both times. */
        StampView: {
            /** @description Server time. */
            at: components["schemas"]["Ts"];
            device_at?: components["schemas"]["Ts"] | null;
            /**
             * Format: int64
             * @description Metres from the site.
             */
            distance_m?: number | null;
            /**
             * Format: int64
             * @description Seconds by which the phone's clock was ahead (negative: behind), where that was over two minutes.
             */
            drift_s?: number | null;
            method?: components["schemas"]["ArrivalMethod"] | null;
            /** @description The reason in words. */
            note?: string | null;
            place_check?: components["schemas"]["PlaceCheck"] | null;
            /** @description Which step. */
            step: components["schemas"]["VisitStep"];
        };
        /** @description Beginning to help by phone. */
        StartPhoneSupport: {
            /** @description Who helps; oneself unless said. */
            supporter_id?: string | null;
        };
        /**
         * @description The name of a state, as stored, filtered and shown.
         * @enum {string}
         */
        StateName: "new" | "triaged" | "phone_support" | "onsite_agreed" | "in_field" | "waiting_customer" | "waiting_parts" | "follow_up" | "closed" | "merged" | "withdrawn";
        /**
         * @description A step somebody takes on a case; each is a command.
         * @enum {string}
         */
        Step: "triage" | "start_phone_support" | "record_phone_result" | "agree_onsite" | "plan_visit" | "enter_field" | "finish_field" | "wait_customer" | "wait_parts" | "resume" | "close" | "reopen" | "withdraw" | "merge" | "hand_over" | "accept_hand_over" | "decline_hand_over" | "change_severity" | "set_next_step" | "correct" | "escalate" | "return_escalation" | "set_parent" | "leave_parent" | "note";
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
        /** @description Days without cover. */
        SuspendAgreement: {
            /**
             * Format: date
             * @description First day without cover.
             */
            from: string;
            /** @description Why. */
            reason: string;
            /**
             * Format: date
             * @description Last day without cover; left out until further notice.
             */
            until?: string | null;
        };
        /** @description Days on which a signed agreement covers nothing, both included. */
        Suspension: {
            /**
             * Format: date
             * @description First day without cover.
             */
            from: string;
            /** @description Why; none where nobody wrote it down then. */
            reason?: string | null;
            /**
             * Format: date
             * @description Last day without cover; none until further notice.
             */
            until?: string | null;
        };
        /** @description Something that may be wrong, to be chosen by its picture. */
        SymptomChoice: {
            /** @description The code. */
            code: string;
            /** @description In words. */
            name: components["schemas"]["Both"];
        };
        /**
         * @description What a table holds.
         * @enum {string}
         */
        TableKind: "customers" | "sites" | "contacts" | "assets";
        /** @description How long a promise may take. */
        Target: {
            /** @description Whose time counts. */
            calendar: components["schemas"]["CalendarKey"];
            /**
             * Format: int32
             * @description Minutes of the calendar's time.
             */
            minutes: number;
        };
        /** @description The times promised. */
        Targets: {
            /** @description On site: 4 h major, 24 h normal, 7×24 (P44, P45). */
            arrive: components["schemas"]["BySeverity"];
            /** @description Answer to anything else: 30 working minutes, 5×8 (decision 10). */
            respond_consultation: components["schemas"]["BySeverity"];
            /** @description Answer to a fault report: 15 minutes, 7×24 (decision 10). */
            respond_fault: components["schemas"]["BySeverity"];
            /** @description Working again: nothing promised (decision 10). */
            restore: components["schemas"]["BySeverity"];
        };
        /** @description What the telephone system tells of a call (P1). Told again, late or in another order, it leads to the same record. */
        TelephoneEvent: {
            at?: components["schemas"]["Ts"] | null;
            /** @description The telephone system's own name of the call, the same in all that it tells of it: 1 to 128 characters. */
            call: string;
            /** @description The number that called, in any format; none if it was withheld. */
            caller?: string | null;
            /** @description The number that was dialled: our hotline, or for a call out the number outside. */
            dialled: string;
            direction?: components["schemas"]["CallDirection"] | null;
            /** @description What happened. */
            event: components["schemas"]["TelephoneNews"];
            /** @description The phone in the house: where it rings, or who answered; none while it waits in the queue. */
            extension?: string | null;
        };
        /**
         * @description What the telephone system tells of a call.
         * @enum {string}
         */
        TelephoneNews: "ringing" | "answered" | "ended";
        /** @description A stretch of the way. */
        TellWay: {
            /** @description Where the phone was, 1 to 240 points. */
            points: components["schemas"]["WayPoint"][];
        };
        /** @description The end of an agreement before its time. */
        TerminateAgreement: {
            /**
             * Format: date
             * @description First day without cover.
             */
            from: string;
            /** @description Why. */
            reason: string;
        };
        /** @description A message sent to see whether it arrives. */
        TestMessage: {
            /** @description By mail to this address. */
            email?: string | null;
            webhook_id?: components["schemas"]["WebhookId"] | null;
        };
        /**
         * @description Who is called first, and who if the first doesn't answer.
         * @enum {string}
         */
        Tier: "primary" | "backup";
        /** @description A page of a timeline, newest first. */
        Timeline: {
            /** @description The entries. */
            items: components["schemas"]["TimelineEntry"][];
            /**
             * Format: int64
             * @description Give it as `before` for older ones; absent at the beginning.
             */
            next?: number | null;
        };
        /** @description An entry of a case's timeline. */
        TimelineEntry: {
            actor?: components["schemas"]["CasePerson"] | null;
            /** @description What kind of being acted. */
            actor_kind: string;
            /** @description When the server took it. */
            at: components["schemas"]["Ts"];
            /** @description `staff` or `customer`: who may read it. */
            audience: string;
            /** @description Details; `names` has the people behind ids, `words` what the catalogue calls codes of faults and causes. */
            body: Record<string, never>;
            device_at?: components["schemas"]["Ts"] | null;
            /** @description What happened. */
            kind: string;
            /**
             * Format: int64
             * @description The cursor: newer entries have a higher one.
             */
            pos: number;
            /** @description That record. */
            subject_id: string;
            /** @description Type of the record it happened to. */
            subject_type: string;
            /** @description The words of a note, a fix plan, a reason. */
            text?: string | null;
        };
        /** @description When. */
        Times: {
            arrived_at?: components["schemas"]["Ts"] | null;
            departed_at?: components["schemas"]["Ts"] | null;
            /** @description Earlier visits of the same order. */
            earlier_visits: components["schemas"]["EarlierVisit"][];
            self_checked_at?: components["schemas"]["Ts"] | null;
            started_at?: components["schemas"]["Ts"] | null;
            /** @description The agreed window ends. */
            window_end: components["schemas"]["Ts"];
            /** @description The agreed window starts. */
            window_start: components["schemas"]["Ts"];
        };
        /**
         * @description How the connection to the mail server is protected.
         * @enum {string}
         */
        Tls: "none" | "starttls" | "implicit";
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
        /** @description Who was told, as what, and why them. */
        Told: {
            /** @description Their name. */
            name: string;
            /** @description Employee, or an account without one. */
            person_id: string;
            /** @description As what. */
            stage: components["schemas"]["Stage"];
            /** @description When. */
            told_at: components["schemas"]["Ts"];
            /** @description Why them. */
            why: components["schemas"]["AlertWhy"];
        };
        /** @description The sums of an order, per payer. */
        Totals: {
            /** @description List price that the company bears. */
            company: components["schemas"]["Amounts"];
            /** @description Currency; absent without lines. */
            currency?: string | null;
            /** @description What the customer pays. */
            customer: components["schemas"]["Amounts"];
            /**
             * Format: int64
             * @description What the customer owes: the customer's gross.
             */
            total_minor: number;
            /**
             * Format: int64
             * @description The company's gross: shown as waived (P12).
             */
            waived_minor: number;
        };
        /** @description Who comes (P21). */
        TrackEngineer: {
            /** @description The number on the badge. */
            badge_number: string;
            /** @description Their name. */
            name: string;
            /** @description Whether there is a photo. */
            photo: boolean;
        };
        /** @description What can be done on the page now. */
        TrackMay: {
            /** @description Add words or a photo. */
            add: boolean;
            /** @description Ask how it goes. */
            chase: boolean;
            /** @description Complain. */
            complain: boolean;
            /** @description Ask for another time. */
            move_visit: boolean;
            /** @description Rate. */
            rate: boolean;
            /** @description Sign the service order. */
            sign: boolean;
        };
        /** @description The page of a case. */
        TrackPage: {
            chase_again_at?: components["schemas"]["Ts"] | null;
            /** @description Who is called back, masked; for the case's own contact only. */
            contact?: string | null;
            cover?: components["schemas"]["Both"] | null;
            ends_at?: components["schemas"]["Ts"] | null;
            /** @description The number under which it goes on. */
            goes_on_as?: string | null;
            /** @description The hotline's number. */
            hotline?: string | null;
            /** @description What was wanted. */
            kind: components["schemas"]["CaseKind"];
            /** @description What can be done now. */
            may: components["schemas"]["TrackMay"];
            /** @description Its nodes, in order. */
            nodes: components["schemas"]["ProgressNode"][];
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
            /** @description Its number. */
            number: string;
            /**
             * Format: int64
             * @description Photos that customers added.
             */
            photos: number;
            product?: components["schemas"]["Both"] | null;
            promise?: components["schemas"]["TrackPromise"] | null;
            promised?: components["schemas"]["Window"] | null;
            /**
             * Format: int64
             * @description The score that was given.
             */
            rating?: number | null;
            /** @description When. */
            reported_at: components["schemas"]["Ts"];
            /** @description What was asked for here, the newest first. */
            requests: components["schemas"]["TrackRequest"][];
            /** @description How much this link lets its holder do. */
            scope: components["schemas"]["LinkScope"];
            /** @description What is asked about the service, while an answer is owed. */
            script: components["schemas"]["Question"][];
            /** @description Where. */
            site_name: string;
            /** @description How it stands. */
            state: components["schemas"]["StateName"];
            /** @description What was reported. */
            symptom: string;
            visit?: components["schemas"]["TrackVisit"] | null;
            /** @description The zone of the times. */
            zone: string;
        };
        /** @description The promise that runs, as the customer sees it. */
        TrackPromise: {
            /** @description By when. */
            due_at: components["schemas"]["Ts"];
            /** @description Whether that is over. */
            over: boolean;
            /** @description Which: `respond`, `arrive`, `restore`. */
            promise: string;
        };
        /** @description What a customer asked for, as they see it. */
        TrackRequest: {
            /** @description What we said. */
            answer?: string | null;
            complaint?: components["schemas"]["ComplaintTold"] | null;
            /** @description The number of the complaint. */
            complaint_number?: string | null;
            /** @description What. */
            kind: components["schemas"]["CustomerRequestKind"];
            /** @description When. */
            made_at: components["schemas"]["Ts"];
            /** @description How far it has come. */
            state: components["schemas"]["CustomerRequestState"];
            wish_end?: components["schemas"]["Ts"] | null;
            wish_start?: components["schemas"]["Ts"] | null;
            /** @description In their words. */
            words?: string | null;
        };
        /** @description The visit that is planned, under way or was the last. */
        TrackVisit: {
            /** @description By when we promised to be there (P8). */
            appointment_end: components["schemas"]["Ts"];
            arrived_at?: components["schemas"]["Ts"] | null;
            /** @description Who comes. */
            engineer: components["schemas"]["TrackEngineer"];
            way?: components["schemas"]["TrackWay"] | null;
            /** @description Until when; behind `appointment_end` only if we moved the visit there. */
            window_end: components["schemas"]["Ts"];
            /** @description From when somebody is promised to come. */
            window_start: components["schemas"]["Ts"];
        };
        /** @description Where who comes is on the way. */
        TrackWay: {
            /**
             * Format: int64
             * @description Minutes until they are there, in steps of five; none if that can't be said.
             */
            arrive_in_min?: number | null;
            /** @description When their phone last said where it is. */
            seen_at: components["schemas"]["Ts"];
        };
        /** @description A link as the desk sees it: never its address. */
        TrackingLinkView: {
            /** @description Its id. */
            id: components["schemas"]["LinkId"];
            /** @description When. */
            made_at: components["schemas"]["Ts"];
            /** @description Why it was made. */
            made_for: components["schemas"]["LinkFor"];
            revoked_at?: components["schemas"]["Ts"] | null;
            /** @description How much it lets its holder do. */
            scope: components["schemas"]["LinkScope"];
        };
        /** @description Taking up a new case. */
        TriageCase: {
            /** @description Why it changes; needed for lowering it. */
            reason?: string | null;
            rework_of?: components["schemas"]["CaseId"] | null;
            severity?: components["schemas"]["Severity"] | null;
            /** @description The symptom, if it is worded anew. */
            symptom?: string | null;
            /** @description The class of the symptom. */
            symptom_class?: string | null;
        };
        /**
         * Format: date-time
         * @description Instant in UTC, RFC 3339
         */
        Ts: string;
        /** @description Somebody's turn: of the pattern (`week` and `weekday`), or on one date instead of the pattern (`on_date`). */
        Turn: {
            /** @description Who. */
            employee_id: components["schemas"]["EmployeeId"];
            /**
             * Format: int64
             * @description First minute of the day, 0 to 1439.
             */
            from_min: number;
            /**
             * Format: date
             * @description The day of an exception.
             */
            on_date?: string | null;
            /** @description First or backup. */
            tier: components["schemas"]["Tier"];
            /**
             * Format: int64
             * @description First minute that is over, up to 2880: beyond 1440 it reaches into the next day.
             */
            to_min: number;
            /**
             * Format: int64
             * @description Which week of the pattern, from 1.
             */
            week?: number | null;
            /**
             * Format: int64
             * @description 1 Monday to 7 Sunday.
             */
            weekday?: number | null;
        };
        /** @description A unit of the company. */
        Unit: {
            /** @description Whether it works; a closed unit holds nothing. */
            active: boolean;
            /** @description Its departments. */
            departments: components["schemas"]["Department"][];
            /** @description Its id. */
            id: components["schemas"]["UnitId"];
            /** @description What it is. */
            kind: components["schemas"]["UnitKind"];
            /** @description Its name. */
            name: components["schemas"]["Both"];
            parent_id?: components["schemas"]["UnitId"] | null;
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
            /** @description Its IANA time zone. */
            zone: string;
        };
        /** @description People of one unit. */
        UnitCount: {
            /** @description By schooling. */
            by_education: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Its own people, without those of units below it.
             */
            people: number;
            /** @description The unit. */
            unit_id: components["schemas"]["UnitId"];
        };
        /** Format: uuid */
        UnitId: string;
        /**
         * @description What a unit is (P3).
         * @enum {string}
         */
        UnitKind: "headquarters" | "branch" | "technical_centre" | "region";
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
        /** @enum {string} */
        Verdict: "covered" | "chargeable" | "undecided";
        /** @description A number that is known to be the caller's from now on, in this browser, for thirty days. */
        Verified: {
            /** @description The number, masked. */
            phone_masked: string;
        };
        /** @description What is different from the version before. */
        VersionChange: {
            engineer_id?: components["schemas"]["EmployeeId"] | null;
            /** @description Their name. */
            engineer_name?: string | null;
            from_engineer_id?: components["schemas"]["EmployeeId"] | null;
            /** @description Their name. */
            from_name?: string | null;
            from_start?: components["schemas"]["Ts"] | null;
            /** @description Its number. */
            number: string;
            /** @description The site's name. */
            site_name: string;
            start?: components["schemas"]["Ts"] | null;
            visit_id?: components["schemas"]["VisitId"] | null;
            /** @description What. */
            what: components["schemas"]["PlanChangeKind"];
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The zone of its times. */
            zone: string;
        };
        /** @description An order for which a published plan has nobody. */
        VersionLeftOut: {
            /** @description Its number. */
            number: string;
            /** @description Why. */
            reasons: components["schemas"]["ProposalReasonCode"][];
            /** @description The site's name. */
            site_name: string;
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
        };
        /** @description A visit that a published plan gives to somebody else. */
        VersionMove: {
            /** @description Who goes. */
            engineer_id: components["schemas"]["EmployeeId"];
            /** @description Their name. */
            engineer_name: string;
            /** @description Who was to go. */
            from_engineer_id: components["schemas"]["EmployeeId"];
            /** @description Their name. */
            from_name: string;
            /** @description The window as planned. */
            from_window: components["schemas"]["Window"];
            /** @description Visits that have to move first. */
            needs: components["schemas"]["VisitId"][];
            /** @description The site's name. */
            site_name: string;
            /**
             * Format: int64
             * @description Its version as it was then.
             */
            version: number;
            /** @description The visit. */
            visit_id: components["schemas"]["VisitId"];
            /** @description Its number. */
            visit_number: string;
            waits?: components["schemas"]["PlanWaits"] | null;
            /** @description The window as proposed. */
            window: components["schemas"]["Window"];
            /** @description Its work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The zone of its times. */
            zone: string;
        };
        /** @description A visit of a published plan. */
        VersionVisit: {
            /** @description Who goes. */
            engineer_id: components["schemas"]["EmployeeId"];
            /** @description Their name. */
            engineer_name: string;
            /** @description Visits that have to move first. */
            needs: components["schemas"]["VisitId"][];
            /** @description Its number. */
            number: string;
            /** @description The site's name. */
            site_name: string;
            /**
             * Format: int64
             * @description Its version as it was then.
             */
            version: number;
            waits?: components["schemas"]["PlanWaits"] | null;
            /** @description From arrival on, as long as the work takes. */
            window: components["schemas"]["Window"];
            /** @description The work order. */
            work_order_id: components["schemas"]["WorkOrderId"];
            /** @description The zone of its times. */
            zone: string;
        };
        /** @description What a view of a list says. */
        ViewContent: {
            /** @description The columns in order; none for the list's own. */
            columns?: string[] | null;
            /** @description Filters by name, as the list's address has them. */
            filters?: {
                [key: string]: string;
            };
            /** @description The order, as the list's address has it; none for the list's own. */
            sort?: string | null;
            /** @description The list's own view it starts from. */
            view?: string | null;
        };
        /** Format: uuid */
        ViewId: string;
        /**
         * @description How much a customer is cared for; it adds to severity, never replaces it.
         * @enum {string}
         */
        VipLevel: "none" | "silver" | "gold" | "platinum";
        /** @description The visit that is planned or under way. */
        VisitBrief: {
            /** @description The end of the window to which the customer holds us (P8). */
            appointment_end: components["schemas"]["Ts"];
            /** @description Whether that was kept; absent before the arrival. */
            appointment_kept?: boolean | null;
            arrived_at?: components["schemas"]["Ts"] | null;
            /** @description Who goes. */
            engineer: components["schemas"]["VisitEngineer"];
            /** @description Its id. */
            id: components["schemas"]["VisitId"];
            lock?: components["schemas"]["VisitLock"] | null;
            /** @description Its number. */
            number: string;
            /** @description Its state. */
            state: components["schemas"]["VisitStateName"];
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
            /** @description When. */
            window: components["schemas"]["Window"];
        };
        /** @description Who goes. */
        VisitEngineer: {
            /** @description The number on the badge (P21). */
            badge_number: string;
            /** @description Their id. */
            id: components["schemas"]["EmployeeId"];
            /** @description Their name. */
            name: string;
            /** @description The photo shown to the customer (P21). */
            photo_sha256?: string | null;
        };
        /**
         * @description What a piece of evidence shows.
         * @enum {string}
         */
        VisitEvidenceKind: "before" | "after" | "exclusion";
        /** Format: uuid */
        VisitId: string;
        /** @description Somebody's word that a visit stays with its engineer at its time. */
        VisitLock: {
            /** @description Since when. */
            at: components["schemas"]["Ts"];
            /** @description Their name, or the program's. */
            by: string;
            /** @description Why, in their words. */
            reason?: string | null;
        };
        /**
         * @description The name of a visit's state, as stored, filtered and shown.
         * @enum {string}
         */
        VisitStateName: "proposed" | "confirmed" | "dispatched" | "accepted" | "declined" | "travelling" | "arrived" | "working" | "paused" | "done" | "partly_done" | "no_access" | "left" | "cancelled";
        /**
         * @description A step somebody takes on a visit; each is a command.
         * @enum {string}
         */
        VisitStep: "confirm" | "dispatch" | "accept" | "decline" | "depart" | "arrive" | "start" | "pause" | "resume" | "finding" | "answer" | "evidence" | "old_part" | "guidance" | "exclusion" | "charge" | "acknowledge" | "self_check" | "present" | "sign" | "refuse_signature" | "done" | "partly_done" | "no_access" | "leave" | "reassign" | "cancel" | "break_off" | "device" | "lock" | "unlock";
        /** @description A visit in full. */
        VisitView: components["schemas"]["VisitBrief"] & {
            /** @description The answers. */
            answers: components["schemas"]["Answered"][];
            /** @description What it costs whom. */
            charges: components["schemas"]["ChargesView"];
            /** @description The checklist as it stood at planning. */
            checklist: components["schemas"]["Checklist"];
            /** @description Devices before which somebody stood, of the whole work order. */
            devices: components["schemas"]["DeviceCheckView"][];
            /** @description SHA-256 of the service order that was shown last. */
            document_sha256?: string | null;
            /** @description Photos of the whole work order. */
            evidence: components["schemas"]["EvidenceView"][];
            /** @description Findings of the whole work order. */
            findings: components["schemas"]["FindingView"][];
            /** @description What the customer's people were shown (P25). */
            guidance: components["schemas"]["GuidanceView"][];
            left_at?: components["schemas"]["Ts"] | null;
            next?: components["schemas"]["NextStepView"] | null;
            /** @description Removed parts of the whole work order. */
            old_parts: components["schemas"]["OldPartView"][];
            /** @description The work order. */
            order: components["schemas"]["WorkOrderRow"];
            quote?: components["schemas"]["QuoteView"] | null;
            self_checked_at?: components["schemas"]["Ts"] | null;
            /** @description Signatures and refusals of this visit. */
            signatures: components["schemas"]["SignatureView"][];
            signed_at?: components["schemas"]["Ts"] | null;
            /** @description Every step with both times. */
            stamps: components["schemas"]["StampView"][];
            /** @description Why it rests, or what came of it. */
            state_code?: string | null;
            /** @description The reason in words. */
            state_note?: string | null;
            /** @description Every step the table allows now. */
            steps: components["schemas"]["VisitStep"][];
        };
        /** @description The case waits. */
        WaitCase: {
            /** @description For whom. */
            for: components["schemas"]["WaitFor"];
            /** @description Why. */
            reason: string;
            /** @description When somebody looks again. */
            until: components["schemas"]["Ts"];
        };
        /**
         * @description Whom a case waits for.
         * @enum {string}
         */
        WaitFor: "customer" | "parts";
        /** @description Where a phone was on the way. */
        WayPoint: {
            /**
             * Format: double
             * @description Radius of certainty in metres.
             */
            accuracy_m: number;
            /** @description When, by the phone's clock as corrected. */
            at: components["schemas"]["Ts"];
            /**
             * Format: double
             * @description Degrees north.
             */
            lat: number;
            /**
             * Format: double
             * @description Degrees east.
             */
            lon: number;
        };
        /** @description Whether an engineer's way is shared. */
        WaySharing: {
            /** @description Whether they agreed; none as long as they were not asked about this text. */
            agreed?: boolean | null;
            /**
             * Format: int64
             * @description The version of the text by which they agree.
             */
            text_version: number;
        };
        /** @description What came of a stretch of the way. */
        WayTold: {
            /**
             * Format: int64
             * @description Points that are kept.
             */
            kept: number;
            /**
             * Format: int64
             * @description Points from outside of the way, or told before.
             */
            left_out: number;
        };
        /** Format: uuid */
        WebhookId: string;
        /** @description A webhook, as shown. */
        WebhookView: {
            /** @description When it was made. */
            created_at: components["schemas"]["Ts"];
            disabled_at?: components["schemas"]["Ts"] | null;
            /** @description Its id. */
            id: components["schemas"]["WebhookId"];
            /** @description About what. */
            kinds: string[];
            /** @description What it is for. */
            name: string;
            /** @description The key that signs its requests; shown once, when it is made. */
            secret?: string | null;
            /** @description Where requests go. */
            url: string;
        };
        /** @description A window of time. */
        Window: {
            /** @description To this instant, not included. */
            end: components["schemas"]["Ts"];
            /** @description From this instant. */
            start: components["schemas"]["Ts"];
        };
        /** @description Another time for the visit. */
        WishTime: {
            /** @description Until when. */
            wish_end: components["schemas"]["Ts"];
            /** @description From when it would suit. */
            wish_start: components["schemas"]["Ts"];
            /** @description Why, or what else matters. */
            words?: string | null;
        };
        /** Format: uuid */
        WorkOrderId: string;
        /**
         * @description What kind of job (`domain.md`, work order).
         * @enum {string}
         */
        WorkOrderKind: "install" | "repair" | "maintain" | "rework" | "train" | "patch";
        /** @description A page of work orders. */
        WorkOrderList: {
            /** @description The rows. */
            items: components["schemas"]["WorkOrderRow"][];
            /** @description The cursor of the next page; absent on the last. */
            next?: string | null;
            /** @description The server's present instant. */
            now: components["schemas"]["Ts"];
        };
        /** @description A work order as lists show it. */
        WorkOrderRow: {
            asset?: components["schemas"]["OrderAsset"] | null;
            /** @description The case. */
            case_id: components["schemas"]["CaseId"];
            /** @description What the customer wants. */
            case_kind: components["schemas"]["CaseKind"];
            /** @description The case's number. */
            case_number: string;
            /** @description The clocks of its case. */
            clocks: components["schemas"]["ClockView"][];
            closed_at?: components["schemas"]["Ts"] | null;
            contact?: components["schemas"]["OrderContact"] | null;
            coverage?: components["schemas"]["CoverageBadge"] | null;
            /** @description When it was made. */
            created_at: components["schemas"]["Ts"];
            /** @description Whose it is. */
            customer_id: components["schemas"]["CustomerId"];
            /** @description The customer's name. */
            customer_name: string;
            done_by?: components["schemas"]["VisitEngineer"] | null;
            /**
             * Format: int64
             * @description How long it should take.
             */
            duration_min: number;
            /** @description Its id. */
            id: components["schemas"]["WorkOrderId"];
            /** @description What kind of job. */
            kind: components["schemas"]["WorkOrderKind"];
            /** @description `FW20261122-0001`. */
            number: string;
            onsite_agreed_at?: components["schemas"]["Ts"] | null;
            /** @description The place within the site. */
            place: string;
            promised?: components["schemas"]["Window"] | null;
            /** @description When it was reported. */
            reported_at: components["schemas"]["Ts"];
            /** @description How much the fault hinders. */
            severity: components["schemas"]["Severity"];
            /** @description Where. */
            site: components["schemas"]["OrderSite"];
            /** @description The skill it needs. */
            skill?: string | null;
            /** @description Its state. */
            state: components["schemas"]["WorkOrderState"];
            /** @description What happens there. */
            symptom: string;
            /** @description The unit's name. */
            unit: components["schemas"]["Both"];
            /** @description The owning unit. */
            unit_id: components["schemas"]["UnitId"];
            /**
             * Format: int64
             * @description Version for `If-Match`.
             */
            version: number;
            visit?: components["schemas"]["VisitBrief"] | null;
            /** @description When the customer wants it. */
            wish: components["schemas"]["Window"];
        };
        /**
         * @description The state of a work order, derived from its visits.
         * @enum {string}
         */
        WorkOrderState: "draft" | "ready" | "scheduled" | "in_progress" | "work_done" | "self_checked" | "signed" | "settled" | "closed" | "incomplete" | "cancelled";
        /** @description A work order in full. */
        WorkOrderView: components["schemas"]["WorkOrderRow"] & {
            /** @description Why it was cancelled. */
            cancel_reason?: string | null;
            /** @description What it costs whom. */
            charges: components["schemas"]["ChargesView"];
            invoice?: components["schemas"]["InvoiceDutyView"] | null;
            /** @description Whether a new visit can be planned now. */
            takes_visits: boolean;
            /** @description Its visits, oldest first. */
            visits: components["schemas"]["VisitBrief"][];
        };
        /** @description A stretch somebody works. */
        WorkSpan: {
            /** @description To. */
            end: components["schemas"]["Ts"];
            /** @description From. */
            start: components["schemas"]["Ts"];
        };
        /**
         * @description A state in which work goes on: what a waiting case returns to.
         * @enum {string}
         */
        Working: "triaged" | "phone_support" | "onsite_agreed" | "in_field";
        /** @description A note. */
        WriteNote: {
            /** @description Whether the customer may read it. */
            for_customer?: boolean;
            /** @description 1 to 4000 characters. */
            text: string;
        };
    };
    responses: {
        /** @description Too much at once, or the storage is away: wait as `Retry-After` says, then send the same again. */
        Later: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    acceptance_pdf: {
        parameters: {
            query?: {
                /** @description Its language; without it, that of `Accept-Language`. */
                lang?: "zh-CN" | "en";
                /** @description With which template. */
                template?: "in_force" | "built_in";
            };
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
                    "application/pdf": Blob;
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    reset_second_factor: {
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
                "application/json": components["schemas"]["ResetFactor"];
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
            503: components["responses"]["Later"];
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
    agreements: {
        parameters: {
            query?: {
                /** @description One customer. */
                customer_id?: string;
                /** @description Agreements that list this asset. */
                asset_id?: string;
                /** @description Agreements not over that end on or before this day. */
                ends_by?: string;
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
                    "application/json": components["schemas"]["Page_AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    create_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgreementInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AgreementId"];
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
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    edit_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgreementInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    renew_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenewAgreement"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    resume_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResumeAgreement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    sign_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignAgreement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    suspend_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuspendAgreement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    terminate_agreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AgreementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TerminateAgreement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            503: components["responses"]["Later"];
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
    my_alerts: {
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
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            503: components["responses"]["Later"];
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
    acknowledge_alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AlertId"];
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
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            503: components["responses"]["Later"];
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
    print_asset_labels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrintLabels"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": Blob;
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    export_assets: {
        parameters: {
            query: {
                /** @description The form of the file. */
                format: "csv" | "xlsx";
                /** @description The columns in order, with commas between them; all unless given. */
                columns?: string;
                /** @description A serial or its last characters, or what stands on a label. */
                q?: string;
                /** @description Only those with (or without) a signed acceptance. */
                accepted?: boolean;
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    show_asset_label: {
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
                    "application/json": components["schemas"]["PortalCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
    make_asset_label: {
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
                "application/json": components["schemas"]["CodeReason"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
    revoke_asset_label: {
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
                "application/json": components["schemas"]["CodeReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_audit: {
        parameters: {
            query?: {
                /** @description From this instant on. */
                from?: components["schemas"]["Ts"];
                /** @description Before this instant. */
                to?: components["schemas"]["Ts"];
                /** @description Only by this account (id) or part of the program. */
                actor_id?: string;
                /** @description Only about this record. */
                subject_id?: string;
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only with this result. */
                result?: "done" | "refused";
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
                    "application/json": components["schemas"]["Page_AuditEntry"];
                };
            };
            503: components["responses"]["Later"];
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
    export_audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuditFilter"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            503: components["responses"]["Later"];
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
    badge_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
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
                    "application/json": components["schemas"]["BadgePage"];
                };
            };
            503: components["responses"]["Later"];
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
    badge_photo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
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
                    "image/*": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    show_board: {
        parameters: {
            query?: {
                /** @description From this instant; now less four hours unless given. */
                from?: components["schemas"]["Ts"];
                /** @description To this instant, not included, at most 31 days on; a day after `from` unless given. */
                to?: components["schemas"]["Ts"];
                /** @description Only this unit and those below it. */
                unit?: components["schemas"]["UnitId"];
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
                    "application/json": components["schemas"]["Board"];
                };
            };
            503: components["responses"]["Later"];
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
    list_planning_areas: {
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
                    "application/json": components["schemas"]["PlanningAreas"];
                };
            };
            503: components["responses"]["Later"];
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
    set_planning_mode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit: components["schemas"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPlanningMode"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanningArea"];
                };
            };
            503: components["responses"]["Later"];
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
    show_board_counts: {
        parameters: {
            query?: {
                /** @description Only this unit and those below it. */
                unit?: components["schemas"]["UnitId"];
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
                    "application/json": components["schemas"]["BoardCounts"];
                };
            };
            503: components["responses"]["Later"];
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
    show_plan: {
        parameters: {
            query?: {
                /** @description Only work orders of this unit and those below it, with everybody who is responsible for them. */
                unit?: components["schemas"]["UnitId"];
                /** @description Work that begins later is not planned: a day from now unless given, three days at most. */
                until?: components["schemas"]["Ts"];
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
                    "application/json": components["schemas"]["DayPlan"];
                };
            };
            503: components["responses"]["Later"];
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
    accept_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptPlan"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedPlan"];
                };
            };
            503: components["responses"]["Later"];
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
    list_plan_versions: {
        parameters: {
            query?: {
                /** @description Only of this unit. */
                unit?: components["schemas"]["UnitId"];
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
                    "application/json": components["schemas"]["Page_PlanVersionRow"];
                };
            };
            503: components["responses"]["Later"];
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
    show_plan_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit: components["schemas"]["UnitId"];
                number: number;
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
                    "application/json": components["schemas"]["PlanVersion"];
                };
            };
            503: components["responses"]["Later"];
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
    record_call: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordCall"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            503: components["responses"]["Later"];
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
    calls_at_desk: {
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
                    "application/json": components["schemas"]["AtDesk"];
                };
            };
            503: components["responses"]["Later"];
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
    call_by_exchange: {
        parameters: {
            query: {
                /** @description The telephone system's name of it, as softphones put it into an address. */
                call: string;
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
                    "application/json": components["schemas"]["CallCaller"];
                };
            };
            503: components["responses"]["Later"];
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
    missed_calls: {
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
                    "application/json": components["schemas"]["MissedCalls"];
                };
            };
            503: components["responses"]["Later"];
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
    call_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallBack"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            503: components["responses"]["Later"];
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
    caller_of_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
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
                    "application/json": components["schemas"]["CallCaller"];
                };
            };
            503: components["responses"]["Later"];
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
    end_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            503: components["responses"]["Later"];
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
    settle_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettleCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            503: components["responses"]["Later"];
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
    reveal_caller: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealCaller"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealedCaller"];
                };
            };
            503: components["responses"]["Later"];
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
    list_cases: {
        parameters: {
            query?: {
                /** @description The list; `open` unless given. */
                view?: components["schemas"]["CaseListView"];
                /** @description Of this severity. */
                severity?: components["schemas"]["Severity"];
                /** @description In this state. */
                state?: components["schemas"]["StateName"];
                /** @description Of this unit and the units below it. */
                unit?: components["schemas"]["UnitId"];
                /** @description On this site. */
                site?: components["schemas"]["SiteId"];
                /**
                 * @description A number or its last four digits, a serial or its ending, words or pinyin initials of symptom, site, customer or product; the
                 *     newest 200 that match.
                 */
                q?: string;
                /** @description The order; unless given, newest report first in `all` and next step due soonest first elsewhere. */
                sort?: "due" | "due_desc" | "reported" | "reported_desc";
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
                    "application/json": components["schemas"]["CaseList"];
                };
            };
            503: components["responses"]["Later"];
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
    report_fault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportFault"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    export_cases: {
        parameters: {
            query: {
                /** @description The form of the file. */
                format: "csv" | "xlsx";
                /** @description The columns in order, with commas between them; all unless given. */
                columns?: string;
                /** @description The list; `open` unless given. */
                view?: components["schemas"]["CaseListView"];
                /** @description Of this severity. */
                severity?: components["schemas"]["Severity"];
                /** @description In this state. */
                state?: components["schemas"]["StateName"];
                /** @description Of this unit and the units below it. */
                unit?: components["schemas"]["UnitId"];
                /** @description On this site. */
                site?: components["schemas"]["SiteId"];
                /** @description As in the list; the newest 10,000 that match. */
                q?: string;
                /** @description As in the list. */
                sort?: "due" | "due_desc" | "reported" | "reported_desc";
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    cases_open_on: {
        parameters: {
            query: {
                /** @description The site. */
                site_id: components["schemas"]["SiteId"];
                /** @description The device. */
                asset_id?: components["schemas"]["AssetId"];
                /** @description The class of the symptom, if one was chosen. */
                symptom_class?: string;
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
                    "application/json": components["schemas"]["OpenOn"];
                };
            };
            503: components["responses"]["Later"];
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
    read_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
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
                    "application/json": components["schemas"]["CaseView"];
                };
            };
            503: components["responses"]["Later"];
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
    correct_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    accept_hand_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    agree_onsite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgreeOnsite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    case_coverage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["CoverageDecisionView"];
                };
            };
            503: components["responses"]["Later"];
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
    case_exclusion_previews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["ExclusionPreviewView"][];
                };
            };
            503: components["responses"]["Later"];
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
    answer_coverage_facts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerFacts"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageDecisionView"];
                };
            };
            503: components["responses"]["Later"];
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
    case_coverage_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["CoverageDecisionView"][];
                };
            };
            503: components["responses"]["Later"];
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
    customer_side: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
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
                    "application/json": components["schemas"]["CustomerSide"];
                };
            };
            503: components["responses"]["Later"];
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
    decline_hand_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    escalate_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    propose_exclusion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeExclusion"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageDecisionView"];
                };
            };
            503: components["responses"]["Later"];
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
    hand_over_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OfferHandOver"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    leave_parent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    merge_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    set_next_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetNextStep"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    write_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteNote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    set_parent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FollowCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    past_visits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["PastVisit"][];
                };
            };
            503: components["responses"]["Later"];
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
    record_phone_result: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordPhoneResult"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    start_phone_support: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartPhoneSupport"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    reopen_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    resume_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    return_escalation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    change_severity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSeverity"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    case_timeline: {
        parameters: {
            query?: {
                /** @description Older than this entry. */
                before?: number;
                /** @description Entries, 1 to 200; 50 unless given. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
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
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            503: components["responses"]["Later"];
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
    make_tracking_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewLink"];
                };
            };
            503: components["responses"]["Later"];
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
    triage_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriageCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    wait_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    list_case_windows: {
        parameters: {
            query?: {
                /** @description The skill: what phone support found, or the product's, unless said. */
                skill?: string;
                /** @description Minutes of work, 15 to 1440: what phone support expects, or 60, unless said. */
                duration_min?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
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
                    "application/json": components["schemas"]["OfferedWindows"];
                };
            };
            503: components["responses"]["Later"];
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
    withdraw_case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    create_work_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWorkOrder"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_checklists: {
        parameters: {
            query?: {
                /** @description Of this product. */
                product?: components["schemas"]["ProductId"];
                /** @description Of this job. */
                kind?: components["schemas"]["WorkOrderKind"];
                /** @description Every version, not only the newest. */
                all_versions?: boolean;
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
                    "application/json": components["schemas"]["ChecklistView"][];
                };
            };
            503: components["responses"]["Later"];
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
    write_checklist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChecklist"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChecklistView"];
                };
            };
            503: components["responses"]["Later"];
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
    checklist_in_force: {
        parameters: {
            query: {
                /** @description The job. */
                kind: components["schemas"]["WorkOrderKind"];
                /** @description The asset. */
                asset?: components["schemas"]["AssetId"];
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
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            503: components["responses"]["Later"];
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
    checklist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["ChecklistView"];
                };
            };
            503: components["responses"]["Later"];
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
    company: {
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
                    "application/json": components["schemas"]["CompanyView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_company: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Company"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_complaints: {
        parameters: {
            query?: {
                /** @description The list; `owed` unless given. */
                view?: "owed" | "mine" | "late" | "answered" | "closed";
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
                    "application/json": components["schemas"]["Page_ComplaintRow"];
                };
            };
            503: components["responses"]["Later"];
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
    export_complaints: {
        parameters: {
            query: {
                /** @description The form of the file. */
                format: "csv" | "xlsx";
                /** @description The columns in order, with commas between them; all unless given. */
                columns?: string;
                /** @description The list; `owed` unless given. */
                view?: "owed" | "mine" | "late" | "answered" | "closed";
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    show_complaint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
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
                    "application/json": components["schemas"]["ComplaintView"];
                };
            };
            503: components["responses"]["Later"];
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
    acknowledge_complaint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
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
                    "application/json": components["schemas"]["ComplaintView"];
                };
            };
            503: components["responses"]["Later"];
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
    answer_complaint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerComplaint"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintView"];
                };
            };
            503: components["responses"]["Later"];
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
    concern_people: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConcernPeople"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintView"];
                };
            };
            503: components["responses"]["Later"];
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
    react_to_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CaseId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactToAnswer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintView"];
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    coverage_preview: {
        parameters: {
            query: {
                /** @description The asset. */
                asset_id: string;
                /** @description When the fault was reported; now unless given. */
                at?: components["schemas"]["Ts"];
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
                    "application/json": components["schemas"]["DecisionView"];
                };
            };
            503: components["responses"]["Later"];
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
    overrule_coverage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CoverageDecisionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverruleCoverage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageDecisionView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_customer_requests: {
        parameters: {
            query?: {
                /** @description The list; `open` unless given. */
                view?: "open" | "mine";
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
                    "application/json": components["schemas"]["Page_CustomerRequestView"];
                };
            };
            503: components["responses"]["Later"];
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
    answer_customer_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["RequestId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerRequestView"];
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    list_deliveries: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                state?: components["schemas"]["DeliveryState"];
                /** @description Only by this channel. */
                channel?: components["schemas"]["Channel"];
                /** @description Only about this case. */
                case_id?: string;
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
                    "application/json": components["schemas"]["Page_DeliveryView"];
                };
            };
            503: components["responses"]["Later"];
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
    show_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["DeliveryId"];
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
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            503: components["responses"]["Later"];
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
    retry_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["DeliveryId"];
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
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            503: components["responses"]["Later"];
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
    demo: {
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
                    "application/json": components["schemas"]["Demo"];
                };
            };
            503: components["responses"]["Later"];
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
    advance_demo_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Advance"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoClock"];
                };
            };
            503: components["responses"]["Later"];
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
    designated_parties: {
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
                    "application/json": components["schemas"]["DesignatedView"][];
                };
            };
            503: components["responses"]["Later"];
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
    designate_party: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DesignatedInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DesignatedView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_designated_party: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["DesignatedId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DesignatedInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DesignatedView"];
                };
            };
            503: components["responses"]["Later"];
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
    set_desk_phone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetDeskPhone"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskPhone"];
                };
            };
            503: components["responses"]["Later"];
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
    list_divisions: {
        parameters: {
            query?: {
                /** @description Those directly below this code; the provinces unless given. */
                parent?: string;
                /** @description Those whose full name contains this, at most 50. */
                q?: string;
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
                    "application/json": components["schemas"]["DivisionView"][];
                };
            };
            503: components["responses"]["Later"];
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
    list_employees: {
        parameters: {
            query?: {
                /** @description Of this unit and those below it. */
                unit_id?: components["schemas"]["UnitId"];
                /** @description With this job. */
                role?: components["schemas"]["Role"];
                /** @description Who can do this. */
                skill?: string;
                /** @description Start of the name or the badge number. */
                q?: string;
                /** @description Also those who have left. */
                all?: boolean;
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
                    "application/json": components["schemas"]["Page_Employee"];
                };
            };
            503: components["responses"]["Later"];
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
    employ: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmployeeInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Employee"];
                };
            };
            503: components["responses"]["Later"];
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
    read_employee: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EmployeeId"];
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
                    "application/json": components["schemas"]["Employee"];
                };
            };
            503: components["responses"]["Later"];
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
    change_employee: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EmployeeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmployeeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Employee"];
                };
            };
            503: components["responses"]["Later"];
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
    record_absence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EmployeeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AbsenceInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Absence"];
                };
            };
            503: components["responses"]["Later"];
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
    take_back_absence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EmployeeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AbsenceTakenBack"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbsenceTakenBack"];
                };
            };
            503: components["responses"]["Later"];
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
    show_badge_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EmployeeId"];
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
                    "application/json": components["schemas"]["PortalCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
    make_badge_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EmployeeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeReason"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
    revoke_badge_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["EmployeeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
    engineer_photo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
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
                    "image/*": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    decide_exclusion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FindingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideExclusion"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageDecisionView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_fault_codes: {
        parameters: {
            query?: {
                /** @description Only faults, or only causes. */
                kind?: components["schemas"]["FaultCodeKind"];
                /** @description Also those that can no longer be chosen. */
                all?: boolean;
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
                    "application/json": components["schemas"]["FaultCodeView"][];
                };
            };
            503: components["responses"]["Later"];
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
    create_fault_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFaultCode"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_fault_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["FaultCodeKind"];
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultCodeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultCodeView"];
                };
            };
            503: components["responses"]["Later"];
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
            header?: {
                /** @description The `ETag` of the copy that one has. */
                "If-None-Match"?: string;
            };
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
                    "application/octet-stream": Blob;
                    "application/pdf": Blob;
                    "image/jpeg": Blob;
                    "image/png": Blob;
                    "image/webp": Blob;
                };
            };
            /** @description The copy is the same. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            503: components["responses"]["Later"];
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
                "Content-Range"?: string;
            };
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": Blob;
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
            503: components["responses"]["Later"];
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
    list_follow_ups: {
        parameters: {
            query?: {
                /** @description The list; `due` unless given. */
                view?: "due" | "late" | "mine" | "done";
                /** @description Of this case. */
                case?: components["schemas"]["CaseId"];
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
                    "application/json": components["schemas"]["Page_FollowUpRow"];
                };
            };
            503: components["responses"]["Later"];
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
    export_follow_ups: {
        parameters: {
            query: {
                /** @description The form of the file. */
                format: "csv" | "xlsx";
                /** @description The columns in order, with commas between them; all unless given. */
                columns?: string;
                /** @description The list; `due` unless given. */
                view?: "due" | "late" | "mine" | "done";
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    show_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FollowUpId"];
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
                    "application/json": components["schemas"]["FollowUpView"];
                };
            };
            503: components["responses"]["Later"];
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
    record_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FollowUpId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFollowUp"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpView"];
                };
            };
            503: components["responses"]["Later"];
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
    start_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FollowUpId"];
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
                    "application/json": components["schemas"]["FollowUpView"];
                };
            };
            503: components["responses"]["Later"];
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
    read_headcount: {
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
                    "application/json": components["schemas"]["Headcount"];
                };
            };
            503: components["responses"]["Later"];
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
    list_holidays: {
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
                    "application/json": components["schemas"]["Holidays"];
                };
            };
            503: components["responses"]["Later"];
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
    import_holidays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportHolidays"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidaysImported"];
                };
            };
            503: components["responses"]["Later"];
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
    home: {
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
                    "application/json": components["schemas"]["Home"];
                };
            };
            503: components["responses"]["Later"];
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
    list_hotlines: {
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
                    "application/json": components["schemas"]["Hotline"][];
                };
            };
            503: components["responses"]["Later"];
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
    register_hotline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HotlineInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hotline"];
                };
            };
            503: components["responses"]["Later"];
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
    change_hotline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["HotlineId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HotlineInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hotline"];
                };
            };
            503: components["responses"]["Later"];
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
    import_template: {
        parameters: {
            query: {
                /** @description What the table holds. */
                kind: "customers" | "sites" | "contacts" | "assets";
                /** @description The form of the file. */
                format: "csv" | "xlsx";
                /** @description The language of the headings; one's own unless given. A link that a browser follows can't say it otherwise. */
                lang?: "zh-CN" | "en";
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    list_imports: {
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
                    "application/json": components["schemas"]["ListedImport"][];
                };
            };
            503: components["responses"]["Later"];
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
    send_import: {
        parameters: {
            query: {
                /** @description What the table holds. */
                kind: "customers" | "sites" | "contacts" | "assets";
                /** @description The name of the other system; `table` unless given. Numbers of two systems don't meet. */
                source?: string;
                /** @description The file's name. */
                file_name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": Blob;
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            503: components["responses"]["Later"];
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
    get_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
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
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            503: components["responses"]["Later"];
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
    drop_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            503: components["responses"]["Later"];
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
    import_faults: {
        parameters: {
            query: {
                /** @description The form of the file. */
                format: "csv" | "xlsx";
                /** @description The language of the list; one's own unless given. */
                lang?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    store_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            503: components["responses"]["Later"];
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
    read_jurisdictions: {
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
                    "application/json": components["schemas"]["Jurisdictions"];
                };
            };
            503: components["responses"]["Later"];
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
    save_jurisdictions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveMap"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jurisdictions"];
                };
            };
            503: components["responses"]["Later"];
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
    move_divisions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveDivisions"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jurisdictions"];
                };
            };
            503: components["responses"]["Later"];
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
    show_keeping_settings: {
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
                    "application/json": components["schemas"]["KeepingSettingsView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_keeping_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepingSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeepingSettingsView"];
                };
            };
            503: components["responses"]["Later"];
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
            header?: {
                /** @description The number of the last message that came; what is no number counts as none. */
                "Last-Event-ID"?: string;
            };
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
            503: components["responses"]["Later"];
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
    look_up: {
        parameters: {
            query: {
                /** @description A number, a name, pinyin initials, a serial, a plate, a case number's last four digits, words of a case. */
                q: string;
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
                    "application/json": components["schemas"]["LookUpResult"];
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    second_factor: {
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
                    "application/json": components["schemas"]["FactorState"];
                };
            };
            503: components["responses"]["Later"];
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
    begin_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginFactor"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolment"];
                };
            };
            503: components["responses"]["Later"];
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
    confirm_second_factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorCode"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            503: components["responses"]["Later"];
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
    turn_second_factor_off: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorProof"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            503: components["responses"]["Later"];
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
    renew_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorProof"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    my_day: {
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
                    "application/json": components["schemas"]["MyDay"];
                };
            };
            503: components["responses"]["Later"];
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
    my_devices: {
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
                    "application/json": components["schemas"]["SiteDevice"][];
                };
            };
            503: components["responses"]["Later"];
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
    way_sharing: {
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
                    "application/json": components["schemas"]["WaySharing"];
                };
            };
            503: components["responses"]["Later"];
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
    share_way: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareWay"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaySharing"];
                };
            };
            503: components["responses"]["Later"];
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
    list_note_templates: {
        parameters: {
            query?: {
                /** @description Also those that can no longer be chosen. */
                all?: boolean;
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
                    "application/json": components["schemas"]["NoteTemplateView"][];
                };
            };
            503: components["responses"]["Later"];
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
    create_note_template: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteTemplateInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteTemplateView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_note_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteTemplateInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteTemplateView"];
                };
            };
            503: components["responses"]["Later"];
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
    show_notification_settings: {
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
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_notification_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            503: components["responses"]["Later"];
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
    send_test_message: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestMessage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_on_call: {
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
                    "application/json": components["schemas"]["OnCallUnit"][];
                };
            };
            503: components["responses"]["Later"];
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
    read_rota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit_id: components["schemas"]["UnitId"];
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
                    "application/json": components["schemas"]["RotaView"];
                };
            };
            503: components["responses"]["Later"];
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
    save_rota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit_id: components["schemas"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveRota"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotaView"];
                };
            };
            503: components["responses"]["Later"];
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
    preview_rota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit_id: components["schemas"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveRota"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotaMeaning"];
                };
            };
            503: components["responses"]["Later"];
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
    approve_overruling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["OverrulingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveOverruling"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageDecisionView"];
                };
            };
            503: components["responses"]["Later"];
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
    paper_templates: {
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
                    "application/json": components["schemas"]["PaperTemplates"];
                };
            };
            503: components["responses"]["Later"];
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
    part_warranties: {
        parameters: {
            query: {
                /** @description The asset. */
                asset_id: string;
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
                    "application/json": components["schemas"]["PartWarrantyView"][];
                };
            };
            503: components["responses"]["Later"];
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
    deliver_part: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeliverPart"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartWarrantyView"];
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    read_policy: {
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
                    "application/json": components["schemas"]["PolicyView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_policy_versions: {
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
                    "application/json": components["schemas"]["PolicyVersionView"][];
                };
            };
            503: components["responses"]["Later"];
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
    make_policy_version: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakePolicyVersion"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyView"];
                };
            };
            503: components["responses"]["Later"];
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
    read_policy_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
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
                    "application/json": components["schemas"]["PolicyView"];
                };
            };
            503: components["responses"]["Later"];
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
    show_portal_settings: {
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
                    "application/json": components["schemas"]["PortalStanding"];
                };
            };
            503: components["responses"]["Later"];
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
    change_portal_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalStanding"];
                };
            };
            503: components["responses"]["Later"];
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
    release_portal_codes: {
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
                    "application/json": components["schemas"]["PortalStanding"];
                };
            };
            503: components["responses"]["Later"];
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
    price_list: {
        parameters: {
            query?: {
                /** @description The day; today unless given. */
                on?: string;
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
                    "application/json": components["schemas"]["PriceListView"];
                };
            };
            503: components["responses"]["Later"];
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
    price_lists: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["Page_PriceListSummary"];
                };
            };
            503: components["responses"]["Later"];
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
    create_price_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPriceList"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceListView"];
                };
            };
            503: components["responses"]["Later"];
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
    price_list_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
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
                    "application/json": components["schemas"]["PriceListView"];
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    promise_now: {
        parameters: {
            query: {
                /** @description For this severity. */
                severity: components["schemas"]["Severity"];
                /** @description For this kind of request; a fault unless given. */
                kind?: components["schemas"]["CaseKind"];
                /** @description For this device: an agreement may name targets of its own (P29). */
                asset?: components["schemas"]["AssetId"];
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
                    "application/json": components["schemas"]["CasePromise"];
                };
            };
            503: components["responses"]["Later"];
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
    prove_paper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
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
                    "application/json": components["schemas"]["ProofView"];
                };
            };
            503: components["responses"]["Later"];
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
    public_price_list: {
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
                    "application/json": components["schemas"]["PriceListView"];
                };
            };
            503: components["responses"]["Later"];
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
    show_relay_settings: {
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
                    "application/json": components["schemas"]["RelayView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_relay_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RelayInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelayView"];
                };
            };
            503: components["responses"]["Later"];
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
    report_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
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
                    "application/json": components["schemas"]["ReportPage"];
                };
            };
            503: components["responses"]["Later"];
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
    report_by_label: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReport"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportAnswer"];
                };
            };
            503: components["responses"]["Later"];
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
    send_file_at_label: {
        parameters: {
            query?: never;
            header?: {
                "Content-Range"?: string;
            };
            path: {
                code: string;
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": Blob;
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
            503: components["responses"]["Later"];
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
    ask_sms_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskCode"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeSent"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    give_sms_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveCode"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verified"];
                };
            };
            503: components["responses"]["Later"];
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
    report_satisfaction: {
        parameters: {
            query?: {
                /** @description From this instant; 90 days before `to` unless given. */
                from?: components["schemas"]["Ts"];
                /** @description To this instant, not included; now unless given. */
                to?: components["schemas"]["Ts"];
                /** @description By `engineer` (unless given) or `unit`. */
                by?: components["schemas"]["SatisfactionBy"];
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
                    "application/json": components["schemas"]["SatisfactionReport"];
                };
            };
            503: components["responses"]["Later"];
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
    list_saved_views: {
        parameters: {
            query: {
                /** @description Of this list: `cases`, … */
                list: string;
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
                    "application/json": components["schemas"]["SavedView"][];
                };
            };
            503: components["responses"]["Later"];
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
    create_saved_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveView"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_saved_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ViewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveView"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            503: components["responses"]["Later"];
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
    remove_saved_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ViewId"];
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
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            503: components["responses"]["Later"];
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
                    "application/json": components["schemas"]["SecuritySettingsView"];
                };
            };
            503: components["responses"]["Later"];
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
                    "application/json": components["schemas"]["SecuritySettingsView"];
                };
            };
            503: components["responses"]["Later"];
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
    read_service_hours: {
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
                    "application/json": components["schemas"]["CalendarHours"][];
                };
            };
            503: components["responses"]["Later"];
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
    service_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["ServiceOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    service_order_pdf: {
        parameters: {
            query?: {
                /** @description Its language; without it, that of `Accept-Language`. */
                lang?: "zh-CN" | "en";
                /** @description With which template. */
                template?: "in_force" | "built_in";
            };
            header?: never;
            path: {
                id: string;
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
                    "application/pdf": Blob;
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    show_sms_settings: {
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
                    "application/json": components["schemas"]["SmsView"];
                };
            };
            503: components["responses"]["Later"];
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
    change_sms_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmsView"];
                };
            };
            503: components["responses"]["Later"];
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
    test_sms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmsTest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmsTested"];
                };
            };
            503: components["responses"]["Later"];
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
    hear_telephone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TelephoneEvent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallHeard"];
                };
            };
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
            503: components["responses"]["Later"];
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
    track_case: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
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
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    wish_time: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WishTime"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    chase_case: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
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
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    complain_by_link: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Complain"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    say_to_answer_by_link: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SayToAnswer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    send_file_by_link: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
                "Content-Range"?: string;
            };
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": Blob;
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
            503: components["responses"]["Later"];
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
    track_photo: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
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
                    "image/*": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    rate_by_link: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFollowUp"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    track_service_order: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
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
                    "application/json": components["schemas"]["ServiceOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    sign_by_link: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignOrder"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    add_to_case: {
        parameters: {
            query?: never;
            header: {
                "X-Link": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddToCase"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackPage"];
                };
            };
            503: components["responses"]["Later"];
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
    revoke_tracking_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LinkId"];
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
                    "application/json": components["schemas"]["CustomerSide"];
                };
            };
            503: components["responses"]["Later"];
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
    list_units: {
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
                    "application/json": components["schemas"]["Unit"][];
                };
            };
            503: components["responses"]["Later"];
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
    found_unit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FoundUnit"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            503: components["responses"]["Later"];
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
    change_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["UnitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUnit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            503: components["responses"]["Later"];
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
    visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    accept_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    acknowledge_quote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcknowledgeQuote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    answer_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerItem"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    arrive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Arrive"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    break_off_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    call_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallWay"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    cancel_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    add_charge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCharge"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    remove_charge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                charge_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    confirm_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    decline_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    depart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Depart"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    check_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckDevice"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    dispatch_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    finish_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    add_evidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEvidence"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    exclude_on_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExcludeOnSite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    record_finding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFinding"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    record_guidance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGuidance"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    hand_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedIn"];
                };
            };
            503: components["responses"]["Later"];
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
    leave_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    lock_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockVisit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    record_no_access: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    record_old_part: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOldPart"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    finish_visit_partly: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    pause_work: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pause"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    tell_way: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TellWay"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WayTold"];
                };
            };
            503: components["responses"]["Later"];
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
    present_service_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Present"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    rate_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateVisit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingKept"];
                };
            };
            503: components["responses"]["Later"];
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
    reassign_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReassignVisit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    refuse_signature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefuseSignature"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    resume_work: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    self_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    sign_service_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignOrder"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    start_work: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    unlock_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_webhooks: {
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
                    "application/json": components["schemas"]["WebhookView"][];
                };
            };
            503: components["responses"]["Later"];
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
    create_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            503: components["responses"]["Later"];
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
    remove_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookId"];
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
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_work_orders: {
        parameters: {
            query?: {
                /** @description The list; `all` unless given. */
                view?: "unassigned" | "today" | "late" | "all";
                /** @description In this state. */
                state?: components["schemas"]["WorkOrderState"];
                /** @description Of this unit and the units below it. */
                unit?: components["schemas"]["UnitId"];
                /** @description Of this case. */
                case?: components["schemas"]["CaseId"];
                /** @description Of this engineer. */
                engineer?: components["schemas"]["EmployeeId"];
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
                    "application/json": components["schemas"]["WorkOrderList"];
                };
            };
            503: components["responses"]["Later"];
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
    export_work_orders: {
        parameters: {
            query: {
                /** @description The form of the file. */
                format: "csv" | "xlsx";
                /** @description The columns in order, with commas between them; all unless given. */
                columns?: string;
                /** @description The list; `all` unless given. */
                view?: "unassigned" | "today" | "late" | "all";
                /** @description In this state. */
                state?: components["schemas"]["WorkOrderState"];
                /** @description Of this unit and the units below it. */
                unit?: components["schemas"]["UnitId"];
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                };
            };
            503: components["responses"]["Later"];
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
    work_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["WorkOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    cancel_work_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelWorkOrder"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    override_charge_payer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                charge_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverridePayer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    show_effect: {
        parameters: {
            query: {
                /** @description Who would go. */
                engineer: components["schemas"]["EmployeeId"];
                /** @description From when on. */
                start: components["schemas"]["Ts"];
                /** @description For how many minutes, 15 to 1440: those of the work order unless said. */
                duration_min?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["WorkOrderId"];
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
                    "application/json": components["schemas"]["Effect"];
                };
            };
            503: components["responses"]["Later"];
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
    issue_invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueInvoice"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkOrderView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_proposals: {
        parameters: {
            query?: {
                /** @description Also who would be there sooner if visits of theirs went to others; that takes a moment longer. */
                moving?: boolean;
            };
            header?: never;
            path: {
                id: components["schemas"]["WorkOrderId"];
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
                    "application/json": components["schemas"]["Proposals"];
                };
            };
            503: components["responses"]["Later"];
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
    plan_visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanVisit"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            503: components["responses"]["Later"];
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
    list_order_windows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WorkOrderId"];
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
                    "application/json": components["schemas"]["OfferedWindows"];
                };
            };
            503: components["responses"]["Later"];
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
