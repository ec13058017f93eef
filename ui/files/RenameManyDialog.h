// RenameManyDialog: new names for several files of one directory, by a pattern or by search and
// replacement, shown before anything happens. Not modal; the file pane carries out what it yields.

#pragma once

#include "files/RenameRule.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTreeView;

namespace ui {

class RenamePreview;

class RenameManyDialog final : public QDialog
{
    Q_OBJECT

public:
    // `chosen` in the order in which they are numbered, at least one; `present` all names of the
    // directory.
    RenameManyDialog(QByteArrayList chosen, QSet<QByteArray> present, QWidget *parent = nullptr);

signals:
    void accepted(const QList<std::pair<QByteArray, QByteArray>> &steps); // see RenamePlan

private:
    QWidget *createPatternFields();
    QWidget *createReplacementFields();
    QWidget *createPreview();
    QWidget *createButtons();
    void alignLabels();
    files::RenameRule rule() const;
    void showPlan();
    void accept() override;

    const QByteArrayList m_chosen;
    const QSet<QByteArray> m_present;
    RenamePreview *m_preview;
    QTreeView *m_view = nullptr; // of it
    QComboBox *m_kind;
    QStackedWidget *m_fields;
    QLineEdit *m_pattern;
    QSpinBox *m_firstNumber;
    QSpinBox *m_digits;
    QLineEdit *m_search;
    QLineEdit *m_replacement;
    QCheckBox *m_isRegularExpression;
    QCheckBox *m_ignoresCase;
    QComboBox *m_letterCase;
    QLabel *m_summary;
    QPushButton *m_apply = nullptr;
};

} // namespace ui
