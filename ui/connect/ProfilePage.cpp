#include "ui/connect/ProfilePage.h"

#include "base/DisplayText.h"
#include "ui/connect/InheritedFields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int visibleLines = 3;

} // namespace

ProfilePage::ProfilePage(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_form(new QFormLayout)
{
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(layout->contentsMargins().left(), 0, 0, 0);
    layout->addLayout(m_form);
    layout->addStretch(1); // rows stay together, however high the page
}

void ProfilePage::addRow(const QString &label, QWidget *field, QLayout *row)
{
    auto *text = new QLabel(label);
    text->setBuddy(field);
    field->setAccessibleName(QString(label).remove(u'&'));
    if (row != nullptr) {
        m_form->addRow(text, row);
    } else {
        m_form->addRow(text, field);
    }
}

void ProfilePage::addRow(QWidget *field)
{
    QSizePolicy policy = field->sizePolicy(); // which knows of height for width
    policy.setHorizontalPolicy(QSizePolicy::Expanding);
    field->setSizePolicy(policy);
    m_form->addRow(QString(), field);
}

void ProfilePage::setRowVisible(QWidget *field, bool isVisible)
{
    m_form->setRowVisible(field, isVisible);
}

QLineEdit *ProfilePage::createLine(const QString &objectName, const QString &placeholder)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(objectName);
    edit->setPlaceholderText(placeholder);
    return edit;
}

QPlainTextEdit *ProfilePage::createLines(const QString &objectName, const QString &placeholder)
{
    auto *edit = new QPlainTextEdit;
    edit->setObjectName(objectName);
    edit->setPlaceholderText(placeholder);
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * (visibleLines + 1));
    return edit;
}

QComboBox *ProfilePage::createGroupBox(const QString &objectName, const QStringList &groups)
{
    auto *box = new QComboBox;
    box->setObjectName(objectName);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setMinimumContentsLength(10);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->addItem(QString());
    box->addItems(groups);
    box->lineEdit()->setPlaceholderText(tr("none, or for example Customers/Acme"));
    connect(box, &QComboBox::currentTextChanged, this, &ProfilePage::groupChanged);
    return box;
}

QString ProfilePage::userPlaceholder(const profiles::EffectiveProfile &inherited)
{
    const QString user = inherited.profile.user;
    return user.isEmpty()
        ? tr("as on this computer")
        : inheritedText(base::displayText(user), inherited.origin(profiles::fields::user));
}

QStringList linesOf(const QPlainTextEdit &edit)
{
    QStringList lines;
    for (const QString &line : edit.toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty()) {
            lines.append(line.trimmed());
        }
    }
    return lines;
}

} // namespace ui
