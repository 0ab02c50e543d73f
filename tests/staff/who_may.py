"""What every page of the staff side answers to everybody, as one table."""

CARE = ["reception", "clinician", "coordinator"]
OTHERS = ["auditor", "admin"]
SIGN_IN, CODE, ENROL, HOME = "/staff/sign-in", "/staff/second-factor", "/staff/enrol", "/staff/"

NOT_RECEPTION = {"clinician": 400, "coordinator": 400}

# What each page answers: nobody, a newcomer's password, a password, those who care for people, and the others.
# A text is where one is led; 400 is a form without a token; 422 a form that lacks something. Where not all who care for
# people may, those who may are named, and the others are refused.
PAGES = {
    ("GET", "/staff/"): (SIGN_IN, ENROL, CODE, 200, 403),
    ("GET", "/staff/counts"): (SIGN_IN, ENROL, CODE, 200, 403),
    ("GET", "/staff/case/{case}"): (SIGN_IN, ENROL, CODE, 200, 403),
    ("POST", "/staff/case/{case}/move"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/note"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/errand"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/errand/{errand}"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("GET", "/staff/case/{case}/consent"): (SIGN_IN, ENROL, CODE, 200, 403),
    ("POST", "/staff/case/{case}/consent"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/law"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/ground/{ground}/approve"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/ground/{ground}/end"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/views"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/views/{view}/forget"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("GET", "/staff/assist"): (SIGN_IN, ENROL, CODE, 200, 403),
    ("POST", "/staff/assist"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("GET", "/staff/links"): (SIGN_IN, ENROL, CODE, {"coordinator": 200}, 403),
    ("POST", "/staff/links"): (SIGN_IN, ENROL, CODE, {"coordinator": 400}, 403),
    ("GET", "/staff/links/{link}"): (SIGN_IN, ENROL, CODE, {"coordinator": 200}, 403),
    ("GET", "/staff/links/{link}/code"): (SIGN_IN, ENROL, CODE, {"coordinator": 200}, 403),
    ("GET", "/staff/links/{link}/poster/a4"): (SIGN_IN, ENROL, CODE, {"coordinator": 200}, 403),
    ("POST", "/staff/links/{link}/withdraw"): (SIGN_IN, ENROL, CODE, {"coordinator": 400}, 403),
    ("GET", "/staff/overrides"): (SIGN_IN, ENROL, CODE, {"coordinator": 200}, 403),
    ("POST", "/staff/case/{case}/third-party/remove"): (SIGN_IN, ENROL, CODE, NOT_RECEPTION, 403),
    ("POST", "/staff/case/{case}/letter"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/letters/read"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("GET", "/staff/case/{case}/person"): (SIGN_IN, ENROL, CODE, 200, 403),
    ("POST", "/staff/case/{case}/join"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("POST", "/staff/case/{case}/part"): (SIGN_IN, ENROL, CODE, 400, 403),
    ("GET", "/staff/alarms"): (SIGN_IN, ENROL, CODE, {"coordinator": 200}, {"admin": 200}),
    ("POST", "/staff/alarms/{alarm}/handled"): (SIGN_IN, ENROL, CODE, {"coordinator": 400}, {"admin": 400}),
    ("GET", "/staff/languages"): (SIGN_IN, ENROL, CODE, 200, 200),
    ("GET", "/staff/account"): (SIGN_IN, ENROL, CODE, 200, 200),
    ("GET", "/staff/sign-in"): (200, 200, 200, 200, 200),
    ("POST", "/staff/sign-in"): (400, 400, 400, 400, 400),
    ("GET", "/staff/second-factor"): (SIGN_IN, ENROL, 200, HOME, "/staff/account"),
    ("POST", "/staff/second-factor"): (SIGN_IN, ENROL, 400, HOME, "/staff/account"),
    ("GET", "/staff/enrol"): (SIGN_IN, 200, CODE, HOME, "/staff/account"),
    ("POST", "/staff/enrol"): (SIGN_IN, 400, CODE, HOME, "/staff/account"),
    ("GET", "/staff/enrol/picture"): (SIGN_IN, 200, CODE, HOME, "/staff/account"),
    ("POST", "/staff/sign-out"): (400, 400, 400, 400, 400),
    ("POST", "/staff/language"): (400, 400, 400, 400, 400),
    ("GET", "/staff/audit"): (SIGN_IN, ENROL, CODE, 403, 403),
    ("GET", "/staff/audit/reviews"): (SIGN_IN, ENROL, CODE, 403, 403),
    ("POST", "/staff/audit/reviews"): (SIGN_IN, ENROL, CODE, 403, 403),
    ("GET", "/staff/audit/review/{review}"): (SIGN_IN, ENROL, CODE, 403, 403),
    ("POST", "/staff/audit/review/{review}"): (SIGN_IN, ENROL, CODE, 403, 403),
    ("GET", "/staff/audit/review/{review}/protocol"): (SIGN_IN, ENROL, CODE, 403, 403),
}
# Where an auditor is answered otherwise than an admin.
AUDITOR = {
    ("GET", "/staff/second-factor"): "/staff/audit",
    ("POST", "/staff/second-factor"): "/staff/audit",
    ("GET", "/staff/enrol"): "/staff/audit",
    ("POST", "/staff/enrol"): "/staff/audit",
    ("GET", "/staff/enrol/picture"): "/staff/audit",
    ("GET", "/staff/audit"): 200,
    ("GET", "/staff/audit/reviews"): 200,
    ("POST", "/staff/audit/reviews"): 400,
    ("GET", "/staff/audit/review/{review}"): 404,
    ("POST", "/staff/audit/review/{review}"): 400,
    ("GET", "/staff/audit/review/{review}/protocol"): 404,
}
