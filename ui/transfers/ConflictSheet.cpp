#include "ui/transfers/ConflictSheet.h"

#include "base/DisplayText.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

using transfer::AnswerScope;
using transfer::ConflictAnswer;

constexpr int placeInCharacters = 50;

QString exactSize(const files::FileAttributes &attributes)
{
    if (attributes.type() == files::FileType::Directory) {
        return ConflictSheet::tr("a folder");
    }
    return attributes.size ? exactSizeText(*attributes.size) : ConflictSheet::tr("size unknown");
}

QString timeText(const files::FileAttributes &attributes)
{
    return attributes.modificationTime ? QDateTime::fromSecsSinceEpoch(*attributes.modificationTime)
                                             .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                                       : ConflictSheet::tr("date unknown");
}

void addVersion(QGridLayout &grid, int row, const QString &title,
                const files::FileAttributes &attributes, QWidget *parent)
{
    grid.addWidget(new PlainLabel(title, PlainLabel::Role::Subtle, parent), row, 0);
    grid.addWidget(new PlainLabel(exactSize(attributes), PlainLabel::Role::Value, parent), row, 1);
    grid.addWidget(new PlainLabel(timeText(attributes), PlainLabel::Role::Value, parent), row, 2);
}

// A file can not take the place of a folder, which may hold more than anyone sees here.
bool mayReplace(const transfer::Conflict &conflict)
{
    return conflict.targetEntry.attributes.type() != files::FileType::Directory;
}

PlainLabel *createPlace(const files::FilePath &directory, QWidget *parent)
{
    const QString path = directory.toDisplay();
    auto *label = new PlainLabel(QString(), PlainLabel::Role::Subtle, parent);
    const QFontMetrics metrics = label->fontMetrics();
    label->setText(ConflictSheet::tr("in %1").arg(
        metrics.elidedText(path, Qt::ElideMiddle, metrics.averageCharWidth() * placeInCharacters)));
    label->setObjectName(QStringLiteral("conflictPlace"));
    label->setToolTip(QStringLiteral("<qt>%1</qt>").arg(path.toHtmlEscaped()));
    label->setWordWrap(false);
    return label;
}

// Can the rest be added to what is there? Whether it is the beginning is found out then.
bool isShorter(const transfer::Conflict &conflict)
{
    const files::FileAttributes &there = conflict.targetEntry.attributes;
    const files::FileAttributes &source = conflict.sourceEntry.attributes;
    return there.type() == files::FileType::Regular && source.type() == files::FileType::Regular
        && there.size.value_or(0) > 0 && there.size < source.size && !conflict.isLookalike;
}

} // namespace

ConflictSheet::ConflictSheet(const transfer::Conflict &conflict, QWidget *parent)
    : Sheet(parent, Theme::Meaning::Warning)
    , m_forAll(new QCheckBox(tr("For &all files of this transfer"), this))
{
    setObjectName(QStringLiteral("conflictSheet"));
    const QString question
        = tr("“%1” is there already").arg(base::displayText(conflict.target.name()));
    setAccessibleName(question);
    m_forAll->setObjectName(QStringLiteral("conflictForAll"));
    m_forAll->setAccessibleName(tr("For all files of this transfer"));

    auto *versions = new QGridLayout;
    addVersion(*versions, 0, tr("There now"), conflict.targetEntry.attributes, this);
    addVersion(*versions, 1, tr("To be copied"), conflict.sourceEntry.attributes, this);
    versions->setColumnStretch(2, 1);
    versions->setHorizontalSpacing(fontMetrics().averageCharWidth() * 3);

    auto *layout = new QVBoxLayout(this);
    auto *top = new QHBoxLayout;
    top->addWidget(new PlainLabel(question, PlainLabel::Role::Title, this), 1);
    top->addWidget(createPlace(conflict.target.parent(), this));
    layout->addLayout(top);
    if (conflict.isLookalike) {
        layout->addWidget(new PlainLabel(
            tr("The disk there takes this name for that of another file of this transfer, which "
               "would be lost."),
            PlainLabel::Role::Subtle, this));
    }
    layout->addLayout(versions);
    layout->addLayout(createButtons(conflict));
    connect(this, &Sheet::cancelled, this,
            [this] { emit answered(ConflictAnswer::Skip, AnswerScope::ThisFile); });
}

QHBoxLayout *ConflictSheet::createButtons(const transfer::Conflict &conflict)
{
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_forAll);
    buttons->addStretch();
    if (mayReplace(conflict)) {
        addReplacingButtons(*buttons, conflict);
    }
    addButton(*buttons, QStringLiteral("conflictKeepBoth"), tr("Keep both"),
              ConflictAnswer::KeepBoth);
    setFocusProxy(
        addButton(*buttons, QStringLiteral("conflictSkip"), tr("Skip"), ConflictAnswer::Skip));
    return buttons;
}

void ConflictSheet::addReplacingButtons(QHBoxLayout &buttons, const transfer::Conflict &conflict)
{
    addButton(buttons, QStringLiteral("conflictOverwrite"), tr("Overwrite"),
              ConflictAnswer::Overwrite);
    // Rules: for one file that is shown here they say no more than the answers beside them.
    QPushButton *older = addButton(buttons, QStringLiteral("conflictOlder"), tr("Overwrite older"),
                                   ConflictAnswer::OverwriteOlder);
    QPushButton *otherSize
        = addButton(buttons, QStringLiteral("conflictOtherSize"), tr("Overwrite other sizes"),
                    ConflictAnswer::OverwriteOtherSize);
    for (QPushButton *rule : {older, otherSize}) {
        rule->hide();
        connect(m_forAll, &QCheckBox::toggled, rule, &QWidget::setVisible);
    }
    QPushButton *resume = addButton(buttons, QStringLiteral("conflictResume"), tr("Resume"),
                                    ConflictAnswer::Resume);
    resume->setToolTip(tr("Adds what is missing, if what is there is the beginning of the file; "
                          "one that is as large is left alone"));
    const auto offerResume = [resume, conflict](bool isForAll) {
        resume->setVisible(isShorter(conflict) || (isForAll && !conflict.isLookalike));
    };
    offerResume(false);
    connect(m_forAll, &QCheckBox::toggled, resume, offerResume);
}

QPushButton *ConflictSheet::addButton(QHBoxLayout &row, const QString &objectName,
                                      const QString &text, ConflictAnswer given)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    connect(button, &QPushButton::clicked, this, [this, given] { answer(given); });
    row.addWidget(button);
    return button;
}

void ConflictSheet::answer(ConflictAnswer given)
{
    emit answered(given, m_forAll->isChecked() ? AnswerScope::AllFiles : AnswerScope::ThisFile);
    finish();
}

} // namespace ui
