#include "ui/files/RenameManyDialog.h"

#include "ui/files/RenamePreview.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using files::PlannedName;
using files::RenameRule;

template<typename Widget>
Widget *named(Widget *widget, const char *objectName, const QString &accessibleName)
{
    widget->setObjectName(QString::fromLatin1(objectName));
    widget->setAccessibleName(accessibleName);
    return widget;
}

constexpr auto columnLabel = "renameLabel";

void addRow(QFormLayout &form, const QString &text, QWidget *field)
{
    auto *label = new QLabel(text);
    label->setObjectName(QString::fromLatin1(columnLabel));
    label->setBuddy(field);
    form.addRow(label, field);
}

} // namespace

RenameManyDialog::RenameManyDialog(QByteArrayList chosen, QSet<QByteArray> present, QWidget *parent)
    : QDialog(parent)
    , m_chosen(std::move(chosen))
    , m_present(std::move(present))
    , m_preview(new RenamePreview(this))
    , m_kind(named(new QComboBox, "renameKind", tr("How to rename")))
    , m_fields(new QStackedWidget)
    , m_pattern(named(new QLineEdit, "renamePattern", tr("Pattern")))
    , m_firstNumber(named(new QSpinBox, "renameFirstNumber", tr("First number")))
    , m_digits(named(new QSpinBox, "renameDigits", tr("Digits")))
    , m_search(named(new QLineEdit, "renameSearch", tr("Search for")))
    , m_replacement(named(new QLineEdit, "renameReplacement", tr("Replace by")))
    , m_isRegularExpression(
          named(new QCheckBox(tr("Re&gular expression")), "renameRegex", tr("Regular expression")))
    , m_ignoresCase(named(new QCheckBox(tr("&Ignore case")), "renameIgnoreCase", tr("Ignore case")))
    , m_letterCase(named(new QComboBox, "renameLetterCase", tr("Letters")))
    , m_summary(new PlainLabel(QString(), PlainLabel::Role::Subtle))
{
    setObjectName(QStringLiteral("renameManyDialog"));
    setAccessibleName(tr("Rename several files"));
    setWindowTitle(tr("Rename %1 items").arg(QLocale().toString(m_chosen.size())));
    m_kind->addItems({tr("By a pattern"), tr("Search and replace")});
    m_letterCase->addItems({tr("As they are"), tr("Small letters"), tr("Capital letters")});
    m_summary->setObjectName(QStringLiteral("renameSummary"));
    m_fields->addWidget(createPatternFields());
    m_fields->addWidget(createReplacementFields());
    m_fields->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_kind);
    layout->addWidget(m_fields);
    auto *letters = new QFormLayout;
    addRow(*letters, tr("&Letters"), m_letterCase);
    layout->addLayout(letters);
    layout->addWidget(createPreview(), 1);
    layout->addWidget(m_summary);
    layout->addWidget(createButtons());
    alignLabels();
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this](int kind) {
        m_fields->setCurrentIndex(kind);
        showPlan();
    });
    connect(m_letterCase, &QComboBox::currentIndexChanged, this, &RenameManyDialog::showPlan);
    const QFontMetrics metrics = fontMetrics();
    resize(metrics.averageCharWidth() * 90, metrics.lineSpacing() * 32);
    showPlan();
    m_apply->setDefault(true);
    m_pattern->setFocus();
    m_pattern->selectAll();
}

// Each form knows its own alone.
void RenameManyDialog::alignLabels()
{
    const auto labels = findChildren<QLabel *>(QString::fromLatin1(columnLabel));
    int width = 0;
    for (const QLabel *label : labels) {
        width = std::max(width, label->sizeHint().width());
    }
    for (QLabel *label : labels) {
        label->setMinimumWidth(width);
    }
}

QWidget *RenameManyDialog::createPatternFields()
{
    const RenameRule usual;
    m_pattern->setText(usual.pattern);
    m_firstNumber->setRange(0, 1'000'000);
    m_firstNumber->setValue(usual.firstNumber);
    m_digits->setRange(1, 9);
    m_digits->setValue(std::max(2, static_cast<int>(QString::number(m_chosen.size()).size())));
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins({});
    addRow(*form, tr("&Pattern"), m_pattern);
    form->addRow(QString(),
                 new PlainLabel(tr("{name} is the name without its extension, {ext} the extension, "
                                   "{n} a number."),
                                PlainLabel::Role::Subtle));
    addRow(*form, tr("&First number"), m_firstNumber);
    addRow(*form, tr("&Digits"), m_digits);
    connect(m_pattern, &QLineEdit::textChanged, this, &RenameManyDialog::showPlan);
    connect(m_firstNumber, &QSpinBox::valueChanged, this, &RenameManyDialog::showPlan);
    connect(m_digits, &QSpinBox::valueChanged, this, &RenameManyDialog::showPlan);
    return page;
}

QWidget *RenameManyDialog::createReplacementFields()
{
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins({});
    addRow(*form, tr("&Search for"), m_search);
    addRow(*form, tr("Replace &by"), m_replacement);
    form->addRow(QString(), m_isRegularExpression);
    form->addRow(QString(), m_ignoresCase);
    for (QLineEdit *field : {m_search, m_replacement}) {
        connect(field, &QLineEdit::textChanged, this, &RenameManyDialog::showPlan);
    }
    for (QCheckBox *box : {m_isRegularExpression, m_ignoresCase}) {
        connect(box, &QCheckBox::toggled, this, &RenameManyDialog::showPlan);
    }
    return page;
}

QWidget *RenameManyDialog::createPreview()
{
    m_view = named(new QTreeView, "renamePreview", tr("New names"));
    QTreeView *view = m_view;
    view->setModel(m_preview);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true); // there may be very many
    view->setTextElideMode(Qt::ElideMiddle);
    view->header()->setSectionResizeMode(QHeaderView::Stretch);
    return view;
}

QWidget *RenameManyDialog::createButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_apply = buttons->addButton(tr("Rename"), QDialogButtonBox::AcceptRole);
    m_apply->setObjectName(QStringLiteral("renameApply"));
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("renameCancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &RenameManyDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

RenameRule RenameManyDialog::rule() const
{
    RenameRule rule;
    rule.kind = static_cast<RenameRule::Kind>(m_kind->currentIndex());
    rule.pattern = m_pattern->text();
    rule.firstNumber = m_firstNumber->value();
    rule.digits = m_digits->value();
    rule.search = m_search->text();
    rule.replacement = m_replacement->text();
    rule.isRegularExpression = m_isRegularExpression->isChecked();
    rule.ignoresCase = m_ignoresCase->isChecked();
    rule.letterCase = static_cast<RenameRule::LetterCase>(m_letterCase->currentIndex());
    return rule;
}

void RenameManyDialog::showPlan()
{
    const files::RenamePlan plan(m_chosen, m_present, rule());
    m_preview->setPlan(plan);
    m_apply->setEnabled(plan.isPossible());
    const QString complaint = rule().complaint();
    const auto isProblem
        = [](const PlannedName &name) { return name.problem != PlannedName::Problem::None; };
    const auto problems = std::ranges::count_if(plan.names(), isProblem);
    if (problems > 0) {
        const auto first = std::ranges::find_if(plan.names(), isProblem) - plan.names().begin();
        m_view->scrollTo(m_preview->index(static_cast<int>(first), 0));
    }
    const QLocale locale;
    if (!complaint.isEmpty()) {
        m_summary->setText(tr("The regular expression is not complete: %1").arg(complaint));
    } else if (problems > 0) {
        m_summary->setText(tr("%1 of %2 can not be renamed so: choose another rule.")
                               .arg(locale.toString(problems), locale.toString(m_chosen.size())));
    } else {
        m_summary->setText(
            tr("%1 of %2 get another name.")
                .arg(locale.toString(plan.changes()), locale.toString(m_chosen.size())));
    }
}

void RenameManyDialog::accept()
{
    const files::RenamePlan plan(m_chosen, m_present, rule());
    if (plan.isPossible()) {
        emit accepted(plan.steps());
        QDialog::accept();
    }
}

} // namespace ui
