// TransportPage: how a session encrypts, compresses and keeps its connection alive. Of a session
// alone: no group gives old algorithms to others.

#pragma once

#include "ui/connect/ProfilePage.h"

class QCheckBox;
class QSpinBox;

namespace ui {

class AlgorithmListEdit;
class PlainLabel;

class TransportPage final : public ProfilePage
{
    Q_OBJECT

public:
    explicit TransportPage(QWidget *parent = nullptr);

    void load(const profiles::Profile &profile) override;
    void store(profiles::Profile &profile) const override;
    QString problem() const override;

private:
    void createKeepAliveRow();
    void createRekeyRow();
    void choosePreset();

    QSpinBox *m_interval; // seconds; the minimum: as in the settings
    QSpinBox *m_count; // likewise
    QCheckBox *m_reconnects;
    QCheckBox *m_compress;
    QCheckBox *m_tcpKeepAlive;
    QSpinBox *m_rekeyMebibytes; // 0: automatic
    QSpinBox *m_rekeyMinutes; // 0: no limit
    QComboBox *m_preset;
    PlainLabel *m_warning;
    AlgorithmListEdit *m_algorithms;
};

} // namespace ui
