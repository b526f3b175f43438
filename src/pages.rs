//! The pages of the codes, as they lie in `docs/errors/`.

use crate::diagnostic::did_you_mean;

/// What is to be told about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// The page, in Markdown: a heading with the code, a line that says what it means, and more.
    pub text: &'static str,
}

impl Page {
    /// The line that says what the code means.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or("")
    }
}

macro_rules! pages {
    ($($phase:ident { $($name:ident)* })*) => {
        /// All pages, by code.
        pub const PAGES: &[Page] = &[$($(Page {
            code: concat!("symmachia::", stringify!($phase), "::", stringify!($name)),
            text: include_str!(concat!("../docs/errors/", stringify!($phase), "/", stringify!($name), ".md")),
        },)*)*];
    };
}

pages! {
    check {
        claim_not_borne_out expectation_fails no_day not_symmetric other_reason
    }
    cli {
        all_days_of_no_year codes_twice criterion_wanted day_of_year_wanted day_wanted different_cases directions_differ ending_differs format_of_sources no_pair_of_roles
        no_such_code no_such_day no_verdict not_in_library output_is_program output_is_table output_unwritable output_wanted outside_record
        panel_wanted period_backwards period_wanted question_wanted same_file setting_wanted several_questions
        share_of_no_parameter share_wanted table_wanted too_many_rows unfitting_column unknown_column unknown_ending unknown_scheme unknown_source
        versions_wanted without_code years_wanted
    }
    compare {
        different_roles fewer_sources fewer_than_two no_common_case no_criterion no_variation not_a_criterion one_wanted
        outside_fragment rules_alone several_criteria two_wanted unknown_rival
    }
    evidence {
        about_a_definition empty_set indented_fact no_value outside_life paired_with_itself preference_circle
        refused_form undeclared_source unknown_name unknown_source value_of_predicate variable_in_fact wildcard_in_fact
        wrong_value
    }
    model {
        always_met ambiguous_name arity bare_name built_in_kind cases_form count_number cycle_through_negation
        different_glosses different_labels different_lives duplicate_definition duplicate_member duplicate_role
        empty_window end_before_start extends_circle flag_on_bridge gloss_without_role head_argument incomparable individual_of_other_kind
        kind_as_individual kind_circle kind_conflict level_of_no_kind near_individual near_predicate never_met no_certain_day no_pair
        no_such_day no_such_year not_a_condition not_a_number not_a_parameter not_in_part not_ordered ordered_part
        overlapping_times parameter_with_arguments permitted_and_counted plain_redefinition predicate_defined
        question_form reason_form recursion_through_time redefine_outside redefined_twice redefines_nothing
        requires_beside_if role_of_no_kind second_framework second_requires shadowed_variable shared_alias
        symmetric_without_pair undeclared_individual undeclared_predicate unknown_criterion unknown_framework
        unknown_gloss_role unknown_individual unknown_kind unknown_measure unknown_parameter unsafe_variable
        unused_variable wildcard window_length word_for_number wrong_constant
    }
    read {
        changed_copy circular_use empty_file missing_path missing_table missing_use no_programs_in_folder not_a_file not_a_program not_in_library not_utf8
        nothing_given too_large unreadable use_of_folder web_address
    }
    sql {
        import_form not_a_criterion nothing_asked recursion time_form unknown_table
    }
    syntax {
        capital_word capitalised_name chained_comparison comma_for_and date_form date_parts duplicate_clause each_form each_range
        foreign_sign forgotten_and head_without_arguments mixed_members no_arguments not_a_condition not_a_value number_form
        number_too_large other_row pair_sign_needs_name period_form qualified_declaration quantified_fact quantifier_form
        quotation_mark repeated_word reserved_word set_in_rule stray_closing too_deep unclosed unclosed_string unexpected unknown_escape unknown_item unknown_verdict
        variable_expected whenever_needs_parentheses
    }
    table {
        ambiguous_code delimiter doubtful_encoding doubtful_value doubtful_year duplicate_header empty end_before_start endless excel_left_out expands_too_far imported_twice is_of_measure
        never_equal no_date no_header no_individual no_rows no_such_sheet not_a_date not_a_number not_excel not_gzip not_text
        null_byte open_with_end option_of_text other_kind paired_with_itself ragged_row record_too_long repeated_rows sheet_of_text
        too_many_columns unbound_variable unclosed_quotation undeclared_names undecodable unknown_code unknown_column unknown_format
        unknown_option unknown_scheme unreadable utf16 wrong_scheme years_for_codes
    }
}

/// The page of a code. A part of the code will do where it ends only one: `missing_use`.
///
/// # Errors
/// Where no code, or more than one, is meant: the nearest.
pub fn find(code: &str) -> Result<&'static Page, Option<&'static str>> {
    let code = code.trim();
    if let Some(page) = PAGES.iter().find(|page| page.code == code) {
        return Ok(page);
    }
    let ends_it = |page: &&Page| page.code.strip_suffix(code).is_some_and(|rest| rest.ends_with("::"));
    let mut ending = PAGES.iter().filter(ends_it);
    match (ending.next(), ending.next()) {
        (Some(page), None) => Ok(page),
        (Some(page), Some(_)) => Err(Some(page.code)),
        (None, _) => Err(nearest(code)),
    }
}

/// By the whole code, or by its last part.
fn nearest(code: &str) -> Option<&'static str> {
    let last_part = |code: &'static str| code.rsplit("::").next().unwrap_or(code);
    did_you_mean(code, PAGES.iter().map(|page| page.code)).or_else(|| {
        let name = code.rsplit("::").next().unwrap_or(code);
        let found = PAGES.iter().find(|page| last_part(page.code) == name).map(|page| page.code);
        found.or_else(|| {
            let nearest = did_you_mean(name, PAGES.iter().map(|page| last_part(page.code)))?;
            PAGES.iter().find(|page| last_part(page.code) == nearest).map(|page| page.code)
        })
    })
}
