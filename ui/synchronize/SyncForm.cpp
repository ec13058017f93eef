#include "ui/synchronize/SyncForm.h"

#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {
namespace {

using Criterion = synchronize::ComparisonOptions::Criterion;
using Direction = synchronize::SyncRules::Direction;
using synchronize::Side;

constexpr int longestTolerance = 86'400; // seconds: a time zone, and summer time
constexpr int patternCharacters = 18;
constexpr int directionCharacters = 46;

// "*.o; build/" as its patterns.
QStringList patternsOf(const QLineEdit &field)
{
    QStringList patterns;
    for (const QString &part : field.text().split(u';', Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty()) {
            patterns << part.trimmed();
        }
    }
    return patterns;
}

template<typename Value>
void addChoice(QComboBox &box, const QString &text, Value value)
{
    box.addItem(text, static_cast<int>(value));
}

QWidget *createLabel(const QString &text, QWidget &buddy)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(&buddy);
    return label;
}

} // namespace

SyncForm::SyncForm(const SyncEnds &ends, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("syncForm"));
    auto *grid = new QGridLayout;
    addDirectories(*grid, ends);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(grid);
    layout->addLayout(createRules(ends));
    layout->addLayout(createComparison());
    connect(m_direction, &QComboBox::currentIndexChanged, this, &SyncForm::rulesChanged);
    connect(m_deletes, &QCheckBox::toggled, this, &SyncForm::rulesChanged);
    connect(m_newer, &QCheckBox::toggled, this, &SyncForm::rulesChanged);
    connect(m_criterion, &QComboBox::currentIndexChanged, this, &SyncForm::comparisonChanged);
    connect(m_tolerance, &QSpinBox::valueChanged, this, &SyncForm::comparisonChanged);
    connect(m_hidden, &QCheckBox::toggled, this, &SyncForm::comparisonChanged);
    for (const QLineEdit *field : {m_left, m_right, m_include, m_exclude}) {
        connect(field, &QLineEdit::textEdited, this, &SyncForm::comparisonChanged);
        connect(field, &QLineEdit::returnPressed, this, &SyncForm::submitted);
    }
    connect(this, &SyncForm::rulesChanged, this, &SyncForm::updateEnabled);
    connect(this, &SyncForm::comparisonChanged, this, &SyncForm::updateEnabled);
    updateEnabled();
}

QLineEdit *SyncForm::createField(const char *name, const QString &label)
{
    auto *field = new QLineEdit;
    field->setObjectName(QString::fromLatin1(name));
    field->setAccessibleName(label);
    return field;
}

QCheckBox *SyncForm::createCheck(const char *name, const QString &text, const QString &hint)
{
    auto *check = new QCheckBox(text);
    check->setObjectName(QString::fromLatin1(name));
    check->setToolTip(hint);
    return check;
}

void SyncForm::addDirectories(QGridLayout &grid, const SyncEnds &ends)
{
    const QString left = ends.left.isLocal() ? tr("this computer") : ends.left.label;
    const QString right = ends.right.isLocal() ? tr("this computer") : ends.right.label;
    m_left = createField("syncLeft", tr("Left folder, of %1").arg(left));
    m_right = createField("syncRight", tr("Right folder, of %1").arg(right));
    grid.addWidget(new PlainLabel(tr("Left: %1").arg(left), PlainLabel::Role::Subtle), 0, 0);
    grid.addWidget(new PlainLabel(tr("Right: %1").arg(right), PlainLabel::Role::Subtle), 0, 1);
    grid.addWidget(m_left, 1, 0);
    grid.addWidget(m_right, 1, 1);
    grid.setColumnStretch(0, 1);
    grid.setColumnStretch(1, 1);
}

// A server's name may be long: the list is as wide as it has to be, the box if there is room.
QComboBox *SyncForm::createDirections(const SyncEnds &ends)
{
    auto *directions = new QComboBox;
    directions->setObjectName(QStringLiteral("syncDirection"));
    if (ends.areCalledAlike()) {
        addChoice(*directions, tr("To the right: the right folder gets what the left one has"),
                  Direction::ToRight);
        addChoice(*directions, tr("To the left: the left folder gets what the right one has"),
                  Direction::ToLeft);
    } else {
        const QString left = ends.name(Side::Left);
        const QString right = ends.name(Side::Right);
        addChoice(*directions, tr("To the right: %1 gets what %2 has").arg(right, left),
                  Direction::ToRight);
        addChoice(*directions, tr("To the left: %1 gets what %2 has").arg(left, right),
                  Direction::ToLeft);
    }
    addChoice(*directions, tr("Both ways: each gets what only the other has"), Direction::BothWays);
    directions->setAccessibleName(tr("Direction"));
    directions->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    directions->setMinimumWidth(directions->fontMetrics().averageCharWidth() * directionCharacters);
    return directions;
}

QHBoxLayout *SyncForm::createRules(const SyncEnds &ends)
{
    m_direction = createDirections(ends);
    m_deletes = createCheck("syncDeletes", tr("Mirror: &delete what the source has not"),
                            tr("Then the target holds what the source holds, and nothing else. "
                               "What is deleted there is gone for good; the list shows it first."));
    m_newer = createCheck("syncNewer", tr("The &newer file wins"),
                          tr("One way: files that are newer at the target stay. Both ways: what "
                             "differs gets the newer content; without this it is left to you."));
    m_newer->setChecked(true);
    auto *row = new QHBoxLayout;
    row->addWidget(createLabel(tr("D&irection"), *m_direction));
    row->addWidget(m_direction);
    row->addWidget(m_deletes);
    row->addWidget(m_newer);
    row->addStretch();
    return row;
}

QHBoxLayout *SyncForm::createComparison()
{
    m_criterion = new QComboBox;
    m_criterion->setObjectName(QStringLiteral("syncCriterion"));
    addChoice(*m_criterion, tr("Size and time"), Criterion::SizeAndTime);
    addChoice(*m_criterion, tr("Size alone"), Criterion::Size);
    addChoice(*m_criterion, tr("Checksum"), Criterion::Checksum);
    m_criterion->setAccessibleName(tr("Compare by"));
    m_tolerance = new QSpinBox;
    m_tolerance->setObjectName(QStringLiteral("syncTolerance"));
    m_tolerance->setAccessibleName(tr("Seconds by which times may differ"));
    m_tolerance->setToolTip(m_tolerance->accessibleName());
    m_tolerance->setRange(0, longestTolerance);
    m_tolerance->setPrefix(QStringLiteral("± "));
    m_tolerance->setSuffix(tr(" s"));
    m_include = createField("syncInclude", tr("Only files of these patterns"));
    m_include->setPlaceholderText(QStringLiteral("*.conf; *.d/"));
    m_exclude = createField("syncExclude", tr("Without files of these patterns"));
    m_exclude->setPlaceholderText(QStringLiteral("*.o; .git/"));
    m_hidden = createCheck("syncHidden", tr("&Hidden files"), tr("Names that begin with a dot"));
    m_hidden->setChecked(true);
    for (QLineEdit *field : {m_include, m_exclude}) {
        field->setMinimumWidth(fontMetrics().averageCharWidth() * patternCharacters);
        field->setToolTip(tr("Patterns with * and ?, with semicolons between them. One with a "
                             "slash at its end means folders."));
    }
    auto *row = new QHBoxLayout;
    row->addWidget(createLabel(tr("Compare &by"), *m_criterion));
    row->addWidget(m_criterion);
    row->addWidget(m_tolerance);
    row->addWidget(createLabel(tr("&Only"), *m_include));
    row->addWidget(m_include, 1);
    row->addWidget(createLabel(tr("&Without"), *m_exclude));
    row->addWidget(m_exclude, 1);
    row->addWidget(m_hidden);
    return row;
}

void SyncForm::updateEnabled()
{
    const auto direction = static_cast<Direction>(m_direction->currentData().toInt());
    m_direction->setToolTip(m_direction->currentText()); // all of it
    m_deletes->setEnabled(direction != Direction::BothWays);
    m_tolerance->setEnabled(comparison().criterion == Criterion::SizeAndTime);
}

void SyncForm::setDirectories(const files::FilePath &left, const files::FilePath &right)
{
    m_givenLeft = left;
    m_givenRight = right;
    m_left->setText(left.toDisplay());
    m_right->setText(right.toDisplay());
}

files::FilePath SyncForm::typed(const QLineEdit &field, const files::FilePath &given) const
{
    return field.text() == given.toDisplay() ? given
                                             : files::FilePath(field.text().trimmed().toUtf8());
}

files::FilePath SyncForm::left() const
{
    return typed(*m_left, m_givenLeft);
}

files::FilePath SyncForm::right() const
{
    return typed(*m_right, m_givenRight);
}

synchronize::ComparisonOptions SyncForm::comparison() const
{
    synchronize::ComparisonOptions options;
    options.criterion = static_cast<Criterion>(m_criterion->currentData().toInt());
    options.timeTolerance = std::chrono::seconds(m_tolerance->value());
    options.filter.include = patternsOf(*m_include);
    options.filter.exclude = patternsOf(*m_exclude);
    options.filter.hidden = m_hidden->isChecked() ? files::Hidden::Include : files::Hidden::Exclude;
    return options;
}

synchronize::SyncRules SyncForm::rules() const
{
    const auto direction = static_cast<Direction>(m_direction->currentData().toInt());
    return {.direction = direction,
            .deletes = direction != Direction::BothWays && m_deletes->isChecked(),
            .newerWins = m_newer->isChecked()};
}

} // namespace ui
